"""Is what a capture states to be believed? Judged by how much it states; its bytes are judged by `captures`."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Verdict:
    """Fit or not; `reason` is one clause without a full stop, for a message."""

    ok: bool
    reason: str | None = None


FIT = Verdict(True)


def plausible(statistics: int, previous: int | None, min_share: float, *, accepted: bool = False) -> Verdict:
    """Judge by what could be read: the count of statistics, against `previous`, that of the last good capture before.

    Both are of one page and one edition, since editions of unlike length are no neighbours; None where this is the
    first. `min_share` is the card's bound: the least share of the earlier count that is believed.
    """
    if accepted:
        return FIT
    if statistics == 0:
        return Verdict(False, "no statistic was found in it")
    if previous and statistics < min_share * previous:
        share = f"{statistics} statistics where its edition had {previous} before"
        return Verdict(False, f"{share}, below the card's bound of {min_share:.0%}")
    return FIT
