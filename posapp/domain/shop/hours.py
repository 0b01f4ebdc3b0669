"""Hours as people type them: `9-13, 14-18`, `9:00 to 5pm`, `18-2`, `13-13:30 Lunch`; nothing means closed.

Minutes of the day they begin on inside; 24:00 is the end of the day, and what ends after midnight ends beyond
it: 18-2 is 1080 to 1560.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import time
from itertools import pairwise
from typing import NamedTuple

from posapp.domain.base.errors import DomainError
from posapp.domain.base.names import clean_name
from posapp.domain.base.typed_dates import parse_time, shown_time

DAY = 1440
LONGEST_LABEL, LONGEST_REASON = 40, 120
"""Of a break, and of a special day."""
_PARTS = re.compile(r"(?:[,;\n]+|\band\b|&)(?=\s*(?:\d|noon\b|midnight\b|$))", re.IGNORECASE)
_ENDS = re.compile(
    r"\s*(?P<starts>[\d:.]+\s*(?:[ap]\.?m?\.?)?|noon|midnight)"
    r"\s*(?:-|–|—|\bto\b|\buntil\b)\s*"
    r"(?P<ends>[\d:.]+\s*(?:[ap]\.?m?\.?)?(?![a-z])|noon|midnight)\s*(?P<label>.*)",
    re.IGNORECASE,
)
_MIDNIGHT = ("24", "24:00", "24.00", "2400", "midnight", "0:00", "00:00", "0", "00")


_BARE_HOUR = re.compile(r"[1-9]\d?")
HALF_A_DAY = 720
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


class HourSpan(NamedTuple):
    """From and to in minutes of the day, and the words of a break."""

    starts: int
    ends: int
    label: str = ""


def parse_spans(text: str, field: str, *, labels: bool = False) -> list[HourSpan]:
    """The spans of one day in order.

    Raises `DomainError` hours_unclear (not two times, or times that can be read in two ways), hours_invalid
    (both times are one) or hours_overlap. Words behind a span are its label where `labels` allows them.
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


def check_breaks(
    breaks: Sequence[HourSpan], hours: Sequence[HourSpan], field: str, before: Sequence[HourSpan] = ()
) -> None:
    """Refuse a break that lies outside of the hours; where there are none nothing is known.

    `before` are the hours of the day before: a night reaches into this one.
    """
    nights = [HourSpan(span.starts - DAY, span.ends - DAY) for span in before if span.ends > DAY]
    spans = [HourSpan(*one) for one in merged((span.starts, span.ends) for span in (*nights, *hours))]
    for each in breaks if spans else ():
        if any(span.starts <= each.starts and each.ends <= span.ends for span in spans):
            continue
        sentence = "The break {span} is outside the open hours."
        if any(span.starts <= each.starts + DAY and each.ends + DAY <= span.ends for span in spans):
            sentence = "The break {span} begins after midnight. Enter it on the day after."
        raise DomainError("break_outside", sentence.format(span=_plain(each)), field=field)


def check_week(week: Sequence[tuple[int, str, HourSpan]]) -> None:
    """Refuse hours or breaks that overlap, over midnight too, and breaks outside of the hours of their day.

    Each is a weekday, `open` or `break`, and the span.
    """
    for kind, field in (("open", "hours"), ("break", "breaks")):
        mine = sorted((day * DAY + span.starts, day, span) for day, what, span in week if what == kind)
        pairs = [*pairwise(mine), (mine[-1], (mine[0][0] + 7 * DAY, *mine[0][1:]))] if mine else []
        for (starts, day, first), (following, other, second) in pairs:
            if following < starts + first.ends - first.starts:
                raise DomainError(
                    "hours_overlap",
                    f"{WEEKDAYS[day]} {_plain(first)} and {WEEKDAYS[other]} {_plain(second)} overlap. "
                    "Let the second begin when the first ends.",
                    field=field,
                )
    for day in range(7):
        breaks, hours, before = (
            [span for at, kind, span in week if (at, kind) == (other % 7, what)]
            for other, what in ((day, "break"), (day, "open"), (day - 1, "open"))
        )
        check_breaks(breaks, hours, "breaks", before)


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
    """A minute of the day as the locale writes it; the last is 24:00 everywhere, more is after midnight."""
    return "24:00" if minute == DAY else shown_time(time(minute // 60 % 24, minute % 60), locale)


def shown_clock(minute: int) -> str:
    """A minute of the day as a plain clock shows it: `24:00` at its end, `02:00` two hours later."""
    minute = minute if minute == DAY else minute % DAY
    return f"{minute // 60:02}:{minute % 60:02}"


def _plain(span: HourSpan) -> str:
    return f"{shown_clock(span.starts)}–{shown_clock(span.ends)}"


def merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """In order; what touches is one."""
    found: list[tuple[int, int]] = []
    for starts, ends in sorted(spans):
        if found and starts <= found[-1][1]:
            found[-1] = (found[-1][0], max(ends, found[-1][1]))
        else:
            found.append((starts, ends))
    return found


def _span(part: str, field: str, labels: bool) -> HourSpan:
    found = _ENDS.fullmatch(part)
    if found is None or (found["label"].strip() and not labels):
        raise DomainError("hours_unclear", _help(labels), field=field)
    starts = _minute(found["starts"], field, labels, is_end=False)
    ends = _minute(found["ends"], field, labels, is_end=True)
    if ends == starts:
        sentence = "{span} ends when it begins. Enter 0-24 for a whole day."
        raise DomainError("hours_invalid", sentence.format(span=_plain(HourSpan(starts, ends))), field=field)
    if ends < starts:
        if _BARE_HOUR.fullmatch(found["ends"].strip()) and starts < ends + HALF_A_DAY < DAY:
            raise DomainError("hours_unclear", _two_readings(starts, ends), field=field)
        ends += DAY
    return HourSpan(starts, ends, clean_name(found["label"])[:LONGEST_LABEL])


def _two_readings(starts: int, ends: int) -> str:
    """An end such as the 6 of `9-6`: in the evening, or in the morning after."""
    evening, morning = (_plain(HourSpan(starts, at)) for at in (ends + HALF_A_DAY, ends))
    return f"Is it {evening}, or {morning} on the next day? Enter it as it stands here."


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
    return "Enter hours such as 9-18, 9-13, 14-18 or 18-2, or nothing for a closed day."
