"""Sets of keys as spans: many that stand close together are few spans."""

from collections.abc import Iterable

Spans = tuple[tuple[int, int], ...]
"""Rising keys, from the first to the last of each run without a hole."""


def spans_of(keys: Iterable[int]) -> Spans:
    """Keys in any order as spans."""
    return joined(tuple((key, key) for key in keys))


def joined(*some: Spans) -> Spans:
    """Spans as one list; what adjoins becomes one."""
    found: list[tuple[int, int]] = []
    for low, high in sorted(span for spans in some for span in spans):
        if found and low <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(high, found[-1][1]))
        else:
            found.append((low, high))
    return tuple(found)
