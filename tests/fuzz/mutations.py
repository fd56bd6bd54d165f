"""An input made from others, word by word: bytes changed at random would seldom be a number with its noun still."""

import random
from collections.abc import Callable

from tests.fuzz.corpus import MARKS, MOST, TOKEN, start, vocabulary

Mutate = Callable[[bytes], bytes]


class Mutator:
    """For one target, from a seed of each call: the same seed, the same change."""

    def __init__(self, target: str) -> None:
        self.most = MOST[target]
        self.words, self.pieces = vocabulary(target), start(target)
        self.coding = "utf-8" if target in ("text", "page") else "latin-1"

    def changed(self, data: bytes, seed: int) -> bytes:
        """Some changes of tokens, and now and then of a byte."""
        chance = random.Random(seed)
        tokens = TOKEN.findall(data.decode(self.coding, "replace"))
        for _ in range(chance.choice((1, 1, 2, 3, 5, 8))):
            self._change(tokens, chance)
        made = bytearray("".join(tokens).encode(self.coding, "replace"))
        if made and chance.random() < 0.1:
            made[chance.randrange(len(made))] = chance.randrange(256)
        return bytes(made[: self.most])

    def _change(self, tokens: list[str], chance: random.Random) -> None:
        at = chance.randrange(len(tokens) + 1)
        some = at + chance.choice((1, 1, 2, 4, 12, 40))
        match chance.randrange(9):
            case 0 | 1:
                tokens.insert(at, chance.choice(self.words))
            case 2 | 3:
                tokens[at : at + 1] = [chance.choice(self.words)]
            case 4:
                del tokens[at:some]
            case 5:
                tokens[at:at] = tokens[at:some] * chance.choice((1, 1, 2, 9))
            case 6:
                other = TOKEN.findall(chance.choice(self.pieces).decode(self.coding, "replace"))
                begin = chance.randrange(len(other))
                tokens[at:at] = other[begin : begin + chance.choice((1, 4, 16, 64))]
            case 7:
                numbers = [n for n, token in enumerate(tokens) if token.isdigit()]
                if numbers:
                    number = chance.choice(numbers)
                    tokens[number] = self._spoilt(tokens[number], chance)
            case _:
                if tokens:
                    other_at = chance.randrange(len(tokens))
                    at = min(at, len(tokens) - 1)
                    tokens[at], tokens[other_at] = tokens[other_at], tokens[at]

    def _spoilt(self, number: str, chance: random.Random) -> str:
        at = chance.randrange(len(number) + 1)
        return chance.choice(
            (
                number[:at] + chance.choice(MARKS) + number[at:],
                str(chance.randrange(10 ** chance.randrange(1, 12))),
                f"{chance.randrange(1, 999)},{chance.randrange(1000):03}",
                str(chance.randrange(1900, 2040)),
                number * chance.choice((2, 5, 20)),
            )
        )


__all__ = ["Mutator"]
