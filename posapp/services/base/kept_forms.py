"""The drafts of one kind of form as they lie in a file, each under the mark of whom or what it is about."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from posapp.services.base.drafts import number_of


@dataclass(frozen=True, slots=True)
class Draft:
    """What was typed into a form, for whom (`mark`, "" while nobody knows) and when it was typed last.

    `is_on_its_way`: it went to the desk, and nobody saw the answer.
    """

    mark: str
    values: dict[str, Any]
    at: datetime | None
    is_on_its_way: bool = False

    @property
    def whose(self) -> str:
        """The number of whom it is about, such as PL40; "" if that is not known."""
        return number_of(self.mark)


def written(forms: Sequence[Draft]) -> dict[str, Any]:
    """What the file says of these drafts, in the order in which they were typed."""
    return {
        "forms": {one.mark: one.values for one in forms},
        "at": {one.mark: one.at.isoformat() for one in forms if one.at is not None},
        "on_its_way": [one.mark for one in forms if one.is_on_its_way],
    }


def read(found: dict[str, Any] | None) -> Iterator[Draft]:
    """The drafts that a file holds; what is none is passed over."""
    if found is None:
        return
    if "forms" not in found:  # of a version that kept one form of this kind
        mark = found.get("customer")
        yield Draft(mark if isinstance(mark, str) else "", found, None, found.get("is_on_its_way") is True)
        return
    forms, times, away = found["forms"], found.get("at"), found.get("on_its_way")
    for mark, values in forms.items() if isinstance(forms, dict) else ():
        if isinstance(values, dict):
            at = _moment(times.get(mark)) if isinstance(times, dict) else None
            yield Draft(mark, values, at, isinstance(away, list) and mark in away)


def _moment(text: object) -> datetime | None:
    try:
        at = datetime.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None
    return at if at is not None and at.tzinfo is not None else None
