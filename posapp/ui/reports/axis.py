"""The scale of a chart: round values between its least and its greatest."""

from dataclasses import dataclass
from math import ceil

MOST_LINES = 4
_ROUND = (1, 2, 5)


@dataclass(frozen=True, slots=True)
class Scale:
    """From `least` (zero or below) to `most` in equal steps; both are steps themselves."""

    least: int
    most: int
    step: int

    @property
    def lines(self) -> range:
        """Where lines are drawn."""
        return range(self.least, self.most + 1, self.step)

    def height(self, value: int, room: float) -> float:
        """How far above the least a value lies."""
        return (value - self.least) * room / (self.most - self.least)


def scale_of(values: list[int], unit: int = 1) -> Scale:
    """The scale of some values; lines lie on whole multiples of `unit` (100 cents)."""
    top, bottom = max(0, *values, 0), min(0, *values, 0)
    step = _step(-(-(top - bottom) // MOST_LINES), unit)
    return Scale(bottom // step * step, max(-(-top // step) * step, bottom // step * step + step), step)


def _step(least: int, unit: int) -> int:
    """The first round number from there on."""
    power = unit
    while True:
        for one in _ROUND:
            if one * power >= least:
                return one * power
        power *= 10


def shown_places(widths: list[float], pitch: float, gap: float) -> list[int]:
    """Which labels of a row have room, evenly spaced from the first one on."""
    if not widths:
        return []
    every = max(1, ceil((max(widths) + gap) / pitch))  # ten years by day: several bars share a pixel
    return list(range(0, len(widths), every))
