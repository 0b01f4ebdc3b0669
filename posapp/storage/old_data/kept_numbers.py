"""PL IDs that customers bring along: who keeps which, and which of them still find somebody else."""

from collections.abc import Iterator

_PAGE = 4096


class Numbers:
    """A set of numbers that are close together: a bit each."""

    def __init__(self) -> None:
        self._pages: dict[int, bytearray] = {}

    def __contains__(self, number: int) -> bool:
        page = self._pages.get(number // _PAGE)
        return page is not None and bool(page[number % _PAGE >> 3] & 1 << (number & 7))

    def add(self, number: int) -> None:
        """Put one in."""
        page = self._pages.setdefault(number // _PAGE, bytearray(_PAGE // 8))
        page[number % _PAGE >> 3] |= 1 << (number & 7)

    def spans(self) -> Iterator[tuple[int, int]]:
        """All of them, as spans without a hole."""
        low = last = 0
        for start in sorted(self._pages):
            for number in range(start * _PAGE, (start + 1) * _PAGE):
                if number in self:
                    if low and number == last + 1:
                        last = number
                        continue
                    if low:
                        yield low, last
                    low = last = number
        if low:
            yield low, last
