"""Hours as people type them: `9-13, 14-18`, `9:00 to 5pm`, `13-13:30 Lunch`; nothing means closed.

Minutes of the day inside; 24:00 is the end of the day.
"""

import re
from collections.abc import Sequence
from datetime import time
from itertools import pairwise
from typing import NamedTuple

from posapp.domain.base.errors import DomainError
from posapp.domain.base.names import clean_name
from posapp.domain.base.typed_dates import parse_time, shown_time

DAY = 1440
LONGEST_LABEL = 40
_PARTS = re.compile(r"(?:[,;\n]+|\band\b|&)(?=\s*(?:\d|noon\b|midnight\b|$))", re.IGNORECASE)
_ENDS = re.compile(
    r"\s*(?P<starts>[\d:.]+\s*(?:[ap]\.?m?\.?)?|noon|midnight)"
    r"\s*(?:-|–|—|\bto\b|\buntil\b)\s*"
    r"(?P<ends>[\d:.]+\s*(?:[ap]\.?m?\.?)?(?![a-z])|noon|midnight)\s*(?P<label>.*)",
    re.IGNORECASE,
)
_MIDNIGHT = ("24", "24:00", "24.00", "2400", "midnight", "0:00", "00:00", "0", "00")


class HourSpan(NamedTuple):
    """From and to in minutes of the day, and the words of a break."""

    starts: int
    ends: int
    label: str = ""


def parse_spans(text: str, field: str, *, labels: bool = False) -> list[HourSpan]:
    """The spans of one day in order.

    Raises `DomainError` hours_unclear (not two times), hours_invalid (the end is not after the start) or
    hours_overlap. Words behind a span are its label where `labels` allows them.
    """
    parts = [part for part in _PARTS.split(text) if part.strip()]
    spans = sorted(_span(part, field, labels) for part in parts)
    for first, second in pairwise(spans):
        if second.starts < first.ends:
            sentence = "{first} and {second} overlap. Let the second begin when the first ends."
            raise DomainError(
                "hours_overlap",
                sentence.format(first=_plain(first), second=_plain(second)),
                field=field,
            )
    return spans


def check_breaks(breaks: Sequence[HourSpan], hours: Sequence[HourSpan], field: str) -> None:
    """Refuse a break that lies outside of the hours; without hours of one's own nothing is known."""
    for each in breaks:
        if hours and not any(span.starts <= each.starts and each.ends <= span.ends for span in hours):
            sentence = "The break {span} is outside the open hours."
            raise DomainError("break_outside", sentence.format(span=_plain(each)), field=field)


def without_breaks(hours: Sequence[HourSpan], breaks: Sequence[HourSpan]) -> list[HourSpan]:
    """The open times with the breaks cut out."""
    left = list(hours)
    for each in breaks:
        cut: list[HourSpan] = []
        for span in left:
            cut += [HourSpan(span.starts, min(span.ends, each.starts))]
            cut += [HourSpan(max(span.starts, each.ends), span.ends)]
        left = [span for span in cut if span.starts < span.ends]
    return left


def shown_spans(spans: Sequence[HourSpan], locale: str) -> str:
    """`09:00–13:00, 14:00–18:00`, with labels behind."""
    return ", ".join(
        f"{shown_minute(span.starts, locale)}–{shown_minute(span.ends, locale)} {span.label}".strip()
        for span in sorted(spans)
    )


def shown_minute(minute: int, locale: str) -> str:
    """A minute of the day as the locale writes it; the last one is 24:00 everywhere."""
    return "24:00" if minute >= DAY else shown_time(time(minute // 60, minute % 60), locale)


def _plain(span: HourSpan) -> str:
    return f"{span.starts // 60:02}:{span.starts % 60:02}–{span.ends // 60:02}:{span.ends % 60:02}"


def _span(part: str, field: str, labels: bool) -> HourSpan:
    found = _ENDS.fullmatch(part)
    if found is None or (found["label"].strip() and not labels):
        raise DomainError("hours_unclear", _help(labels), field=field)
    starts = _minute(found["starts"], field, labels, is_end=False)
    ends = _minute(found["ends"], field, labels, is_end=True)
    if ends <= starts:
        sentence = "{span} ends before it begins. Enter a closing time after the opening time."
        raise DomainError("hours_invalid", sentence.format(span=_plain(HourSpan(starts, ends))), field=field)
    return HourSpan(starts, ends, clean_name(found["label"])[:LONGEST_LABEL])


def _minute(text: str, field: str, labels: bool, *, is_end: bool) -> int:
    typed = text.strip().casefold()
    if is_end and typed in _MIDNIGHT:
        return DAY
    if not is_end and typed == "midnight":
        return 0
    try:
        at = parse_time(typed, field=field)
    except DomainError as error:
        raise DomainError("hours_unclear", _help(labels), field=field) from error
    return at.hour * 60 + at.minute


def _help(labels: bool) -> str:
    if labels:
        return "Enter a break such as 13:00-13:30 Lunch."
    return "Enter hours such as 9-18 or 9-13, 14-18, or nothing for a closed day."
