"""Which stretch of the day matters: the opening hours, which fill the height, and where the eye begins."""

from posapp.ui.calendar.arrangement import DAY_MINUTES, NEAR, Picture, minute_of

_EARLY, _MORNING = 5 * 60, 8 * 60


def home_minute(picture: Picture, visible: float) -> float:
    """The minute at the upper edge when nobody scrolled: today now stands in the upper third.

    What is shown are opening hours as long as there are any. A day that has no now begins with the longest
    of them, and those who never close with the morning.
    """
    first, last = picture.stretch
    now = minute_of(picture.now)
    if is_today_shown(picture) and _is_near_open(picture, now):
        top = now - visible / 4
    else:
        top = float(_beginning(picture, first))
    return max(float(first), min(top, last - visible))


def first_slot(picture: Picture) -> int:
    """The minute at which the slot of the arrow keys begins: now, else the opening."""
    first, last = picture.stretch
    now = minute_of(picture.now)
    if is_today_shown(picture) and _is_near_open(picture, now) and first <= now < last:
        return now
    return _beginning(picture, first)


def is_today_shown(picture: Picture) -> bool:
    """Whether one of the days is today."""
    return any(column.day == picture.now.date() for column in picture.columns)


def is_in_reach(picture: Picture, starts: int, ends: int) -> bool:
    """Whether a time lies in the stretch that is worth scrolling to, or close to it."""
    first, last = picture.stretch
    return starts < min(last + NEAR, DAY_MINUTES) and ends > first - NEAR


def _is_near_open(picture: Picture, now: int) -> bool:
    spans = [span for column in picture.columns for span in column.open_spans]
    return any(opens - NEAR <= now <= closes + NEAR for opens, closes in spans)


def _beginning(picture: Picture, first: int) -> int:
    spans = [span for column in picture.columns for span in column.open_spans]
    if not spans:
        return first
    opens, closes = max(spans, key=lambda span: (span[1] - span[0], -span[0]))
    if first >= _EARLY:
        return first
    return _MORNING if opens < _MORNING < closes else opens
