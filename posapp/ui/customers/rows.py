"""A found customer as a row of a list: what stands where, and which part of it was typed."""

import re
from datetime import datetime
from typing import TYPE_CHECKING

from posapp.ui.tables.two_line_delegate import Span, TwoLineRow
from posapp.ui.widgets.status import StatusLook
from posapp.ui.wording import Wording, translator

if TYPE_CHECKING:
    from posapp.services.counter.search import Hit

_tr = translator("CustomerRows")

_WORD = re.compile(r"\S+")


def hit_row(hit: "Hit", typed: str, wording: Wording, until: datetime | None = None) -> TwoLineRow:
    """The row of a hit: badge, name, the number (or e-mail) that was found, marks at the end."""
    phone = wording.phone(hit.phone) if hit.phone else ""
    by_email = hit.why == "email" and bool(hit.email)
    second = hit.email if by_email else phone or hit.email or _tr("No phone number")
    second_match = _begin(second, typed) if by_email else match_in_phone(phone, typed, hit.why)
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


def match_in_name(name: str, typed: str) -> Span | None:
    """The first word of the name that begins like a typed word, as far as it was typed."""
    from posapp.domain.base.folding import fold, latin, query_words

    asked = query_words(typed)
    for found in _WORD.finditer(name):
        word, bare = found[0], fold(found[0])
        for query in asked:
            if bare.startswith(query):
                return found.start(), len(query) if len(bare) == len(word) else len(word)
            if latin(word).startswith(query):
                return found.start(), len(word)
    return None


def match_in_phone(shown: str, typed: str, why: str) -> Span | None:
    """Where the typed digits stand in a number as it is shown."""
    if not shown or why not in ("phone", "final", "leading"):
        return None
    if why == "phone":
        return 0, len(shown)
    places = [at for at, character in enumerate(shown) if character.isdecimal()]
    digits = "".join(shown[at] for at in places)
    asked = "".join(str(int(character)) for character in typed if character.isdecimal())
    # Prefixes for calls abroad and trunk zeros may be typed but not shown: leave out digits from the front.
    for start in range(max(len(asked) - 2, 0)):
        part = asked[start:]
        at = digits.rfind(part) if why == "final" else digits.find(part)
        if at >= 0:
            first, last = places[at], places[at + len(part) - 1]
            return first, last - first + 1
    return None


def _begin(text: str, typed: str) -> Span | None:
    asked = typed.strip()
    return (0, len(asked)) if asked and text.casefold().startswith(asked.casefold()) else None
