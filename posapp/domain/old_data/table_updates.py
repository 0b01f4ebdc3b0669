"""A row of a table that came before and says something else now: which fields of its customer change."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from posapp.domain.base.names import same_name

Said = Mapping[str, object]
"""What a row says, as `TablePerson.told` tells it."""
_WORDS = {"name": "name", "email": "e-mail", "address": "address", "note": "note", "phone": "phone"}
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field that a row says otherwise than before. `is_kept`: somebody changed it here, so it stays."""

    field: str
    before: str
    after: str
    is_kept: bool = False

    @property
    def sentence(self) -> str:
        """What is told of it."""
        word, before, after = _WORDS[self.field], _short(self.before), _short(self.after)
        if self.field == "phone":
            return (
                f"The phone {after} belongs to another customer." if self.is_kept else f"Added phone {after}."
            )
        if self.is_kept:
            return f"Kept {word} “{before}”, which was changed here. The file says “{after}”."
        return f"Changed {word}: “{before}” is now “{after}”."


@dataclass(frozen=True, slots=True)
class Standing:
    """A customer as far as tables can change it."""

    name: str
    email: str
    address: str
    note: str
    phones: Collection[str] = ()


def changes(standing: Standing, was: Said, now: Said) -> list[FieldChange]:
    """What a row changes that said `was` before: only what it says otherwise now, and nobody changed here.

    A row that says nothing any more takes nothing away. New numbers are added; whether somebody else has one
    is asked by who writes them.
    """
    found: list[FieldChange] = []
    for field in ("name", "email", "address", "note"):
        before, after, here = _text(was, field), _text(now, field), str(getattr(standing, field))
        if not after or after in (before, here):
            continue
        is_ours = here in ("", before) or (field == "name" and same_name(here, before))
        found.append(FieldChange(field, here, after, is_kept=not is_ours))
    known = {*_list(was, "phones"), *standing.phones}
    found += [FieldChange("phone", "", key) for key in _list(now, "phones") if key not in known]
    return found


def _text(said: Said, field: str) -> str:
    if field == "email":
        return next(iter(_list(said, "emails")), "")
    return str(said.get(field, ""))


def _list(said: Said, field: str) -> Sequence[str]:
    found = said.get(field, ())
    return [str(one) for one in found] if isinstance(found, list) else ()


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"
