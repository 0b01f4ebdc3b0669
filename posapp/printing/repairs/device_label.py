"""Labels for a device, and one more for each thing that was left with it.

The ticket's number is what the bench reads from afar and what the code holds; the PL ID stands in print only,
so that a scan of a device always opens its ticket.
"""

import re
from typing import Final

from posapp.domain.papers.documents import CopyMark
from posapp.domain.repairs.papers import DeviceLabel
from posapp.printing.base import wording
from posapp.printing.base.codes import BARS_QUIET, code128
from posapp.printing.base.fonts import CAP_HEIGHT, Weight
from posapp.printing.base.layout import Sheet
from posapp.printing.base.text import SMALLEST, Style, clean, fit, measure, one_line

_NUMBER: Final = 60
_PLACE: Final = 40
_BADGE: Final = 24
_DEVICE: Final = Style(26, Weight.SEMIBOLD)
_SMALL: Final = Style(SMALLEST)
_MODULE: Final = 2
_BETWEEN_THINGS: Final = re.compile(r"[,;\n、،]")
MOST_EXTRA: Final = 12
"""Things that get a label; the last of them names what is left over."""


def things_left(extra: str) -> list[str]:
    """The things that were left with a device, each as a name of its own."""
    found = [clean(part) for part in _BETWEEN_THINGS.split(extra)]
    things = [part for part in found if part]
    if len(things) > MOST_EXTRA:
        things[MOST_EXTRA - 1 :] = [", ".join(things[MOST_EXTRA - 1 :])]
    return things


def put_labels(sheet: Sheet, label: DeviceLabel, copy: CopyMark | None) -> None:
    """A label of the device, and one for each thing that was left with it, each a page."""
    _put(sheet, label, copy, label.device, label.fault)
    for thing in things_left(label.extra):
        sheet.new_page()
        _put(sheet, label, copy, thing, f"with {label.device}")


def _put(sheet: Sheet, label: DeviceLabel, copy: CopyMark | None, what: str, below: str) -> None:
    left, width = sheet.frame.left, sheet.frame.width
    place = measure(label.place, Style(_PLACE, Weight.BOLD))
    room = width - (place.width + 16 if label.place else 0)
    number = one_line(label.number, Style(_NUMBER, Weight.BOLD), room)
    baseline = sheet.y + CAP_HEIGHT * _NUMBER + 1
    sheet.put(number, left - 2, baseline)
    sheet.put(place, left + width, baseline, "right")
    sheet.y = baseline + 9
    _customer(sheet, label)
    sheet.block(fit(what, _DEVICE, width, lines=1), left, width)
    if copy is not None and copy.is_copy:
        _copy(sheet, copy, label.shop.locale)
    else:
        sheet.block(fit(below, _SMALL, width, lines=1), left, width)
    _code_and_due(sheet, label)


def _customer(sheet: Sheet, label: DeviceLabel) -> None:
    left, width = sheet.frame.left, sheet.frame.width
    middle = sheet.y + _BADGE * 0.75
    used = sheet.badge(label.pl_id, _BADGE, left, middle) + 12
    for name in fit(label.customer_name, Style(22), width - used, lines=1):
        sheet.put(name, left + used, middle + CAP_HEIGHT / 2 * name.style.size)
    sheet.y = middle + _BADGE * 0.75 + 2


def _copy(sheet: Sheet, copy: CopyMark, locale: str) -> None:
    """That this is a reprint, when and by whom, where the first printing says what is wrong."""
    left, width = sheet.frame.left, sheet.frame.width
    word = measure(f"COPY {copy.count}", Style(SMALLEST, Weight.BOLD))
    said = ", ".join(filter(None, (wording.moment(copy.at, locale), copy.by)))
    sheet.put(word, left, sheet.y + word.above)
    for line in fit(said, _SMALL, width - word.width - 12, lines=1):
        sheet.put(line, left + word.width + 12, sheet.y + word.above)
    sheet.y += word.height


def _code_and_due(sheet: Sheet, label: DeviceLabel) -> None:
    """The ticket's code down to the margin, and to its right until when the device is promised."""
    assert sheet.frame.height is not None
    left, width = sheet.frame.left, sheet.frame.width
    top = round(sheet.y + 6)
    code = code128(label.number, _MODULE, round(sheet.frame.height - sheet.frame.top - top))
    sheet.code(code, left, top)
    if not label.due:
        return
    column = width - code.width - BARS_QUIET * _MODULE
    day, clock = wording.day_and_time(label.due, label.shop.locale)
    x, bottom = left + width, top + code.height
    hour = one_line(clock, Style(26, Weight.BOLD), column)
    sheet.put(hour, x, bottom, "right")
    sheet.put(one_line(f"Due {day}", _SMALL, column), x, bottom - CAP_HEIGHT * 26 - 10, "right")
