"""A found customer as a row of a list: what stands where."""

from datetime import datetime
from typing import TYPE_CHECKING

from posapp.ui.tables.two_line_delegate import TwoLineRow
from posapp.ui.widgets.status import StatusLook
from posapp.ui.wording import Wording, translator

if TYPE_CHECKING:
    from posapp.services.counter.search import Hit

_tr = translator("CustomerRows")


def hit_row(hit: "Hit", typed: str, wording: Wording, until: datetime | None = None) -> TwoLineRow:
    """The row of a hit: badge, name, the number (or e-mail) that was found, marks at the end."""
    from posapp.domain.customers.matching import match_at_start, match_in_name, match_in_phone

    phone = wording.phone(hit.phone) if hit.phone else ""
    by_email = hit.why == "email" and bool(hit.email)
    second = hit.email if by_email else phone or hit.email or _tr("No phone number")
    second_match = match_at_start(second, typed) if by_email else match_in_phone(phone, typed, hit.why)
    name = hit.name or phone or str(hit.pl_id)
    right, right_second, tone, pill = "", "", "text2", None
    if hit.is_former:
        right, tone = _tr("former"), "warning"
        right_second = _until(until, wording) if until else ""
    elif hit.kind == "booking":
        pill = StatusLook("calendar", hit.number, "info")
    elif hit.is_flagged:
        right, tone = _tr("note"), "warning"
    return TwoLineRow(
        name,
        second,
        badge=str(hit.pl_id),
        right=right,
        right_second=right_second,
        right_tone=tone,
        pill=pill,
        name_match=match_in_name(name, typed) if hit.why == "name" else None,
        second_match=second_match,
    )


def spoken_hit(hit: "Hit", wording: Wording, until: datetime | None = None) -> str:
    """A row in one line, for screen readers."""
    parts = [str(hit.pl_id), hit.name, wording.phone(hit.phone) if hit.phone else "", hit.email]
    parts.append(hit.number if hit.kind == "booking" else "")
    parts.append(_tr("has a note") if hit.is_flagged else "")
    if hit.is_former:
        parts.append(f"{_tr('former')} {_until(until, wording) if until else ''}".strip())
    return ", ".join(part for part in parts if part)


def _until(until: datetime, wording: Wording) -> str:
    return _tr("until {day}").format(day=wording.day_in_list(wording.here(until).date()))
