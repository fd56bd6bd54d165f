"""A property that is read once."""

from extractors.once import once


class Slow:
    def __init__(self) -> None:
        self.reads = 0

    @once
    def answer(self) -> int:
        """The answer."""
        self.reads += 1
        return 42


def test_it_is_read_once_for_each_instance() -> None:
    one, other = Slow(), Slow()
    assert [one.answer, one.answer, other.answer] == [42, 42, 42]
    assert (one.reads, other.reads) == (1, 1)
