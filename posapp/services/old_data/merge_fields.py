"""What the survivor of a merge has in each field, and where the other value is kept: none is dropped.

The survivor's value wins if there is one, unless the other one is chosen or spells the same name
better. What was withdrawn is not given again by a merge: of two answers about the same,
the withdrawn one holds.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from posapp.domain.base.errors import DomainError
from posapp.domain.base.names import is_better_spelled, same_name
from posapp.domain.customers.consents import Consent, ConsentKind, newest
from posapp.domain.customers.customers import NOTE_LIMIT, Customer
from posapp.domain.old_data.merging import FieldSight, MergeField, Side

if TYPE_CHECKING:
    from posapp.storage.customers.customers import CustomerChange
    from posapp.storage.unit_of_work import UnitOfWork

Choices = Mapping[MergeField, Side]
Answers = Mapping[ConsentKind, Consent]
FIELDS = (
    "name",
    "email",
    "address",
    "note",
    "is_flagged",
    "no_phone_reason",
    "price_level_id",
    "tax_exempt_reason",
    "tax_number",
    "account_limit_minor",
)
"""What of a survivor's own record a merge may change."""


@dataclass(frozen=True, slots=True)
class Both:
    """The two of a merge, with their further addresses and their answers."""

    survivor: Customer
    loser: Customer
    emails: tuple[str, ...]
    answers: tuple[Answers, Answers]

    @classmethod
    def of(cls, uow: "UnitOfWork", survivor: Customer, loser: Customer) -> "Both":
        """Read what belongs to the two."""
        emails = tuple(email for one in (survivor, loser) for _, email in uow.merges.emails(one.id))
        first, second = (newest(uow.consents.of_customer(one.id)) for one in (survivor, loser))
        return cls(survivor, loser, emails, (first, second))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What changes of the survivor's own record, and which name and address are kept beside it."""

    values: "CustomerChange"
    contact: str = ""
    email: str = ""


def outcome(uow: "UnitOfWork", both: Both, choices: Choices) -> Outcome:
    """What the survivor will have; refuses a note that would become too long."""
    survivor, loser = both.survivor, both.loser
    name, other_name, _ = _kept(survivor.name, loser.name, _name_side(both, choices))
    email, other_email, _ = _kept(survivor.email, loser.email, _side(choices, MergeField.EMAIL))
    lines = _Lines(both)
    has_phone = survivor.phone or loser.phone
    made: dict[str, object] = {
        "name": name,
        "email": email,
        "is_flagged": survivor.is_flagged or loser.is_flagged,
        "no_phone_reason": None if has_phone else survivor.no_phone_reason or loser.no_phone_reason,
        **_lined(uow, lines, choices),
    }
    made["note"] = _note(both, lines.written, _side(choices, MergeField.NOTE))
    before = told_of(survivor)
    changed: Any = {key: value for key, value in made.items() if value != before[key]}
    people = [name, *(one.name for one in (*survivor.contacts, *loser.contacts))]
    known = {one.casefold() for one in (email, *both.emails)}
    return Outcome(
        changed,
        "" if any(same_name(other_name, one) for one in people) else other_name,
        "" if other_email.casefold() in known else other_email,
    )


def told_of(customer: Customer) -> dict[str, Any]:
    """What a customer's own record says in the fields that a merge may change."""
    terms = customer.terms
    return {name: getattr(terms if hasattr(terms, name) else customer, name) for name in FIELDS}


def _side(choices: Choices, of: MergeField) -> Side:
    return choices.get(of, Side.SURVIVOR)


def _name_side(both: Both, choices: Choices) -> Side:
    """Of one name in two spellings the better one stays, unless somebody chose."""
    is_better = is_better_spelled(both.loser.name, both.survivor.name)
    return choices.get(MergeField.NAME, Side.LOSER if is_better else Side.SURVIVOR)


def _kept(mine: Any, other: Any, chosen: Side) -> tuple[Any, Any, Side]:
    """The value that stays, the one that does not, and whose that is; an empty one stays for none."""
    is_other = other not in ("", None) and (chosen is Side.LOSER or mine in ("", None))
    return (other, mine, Side.SURVIVOR) if is_other else (mine, other, Side.LOSER)


class _Lines:
    """Values that have no room of their own, as lines of the note."""

    def __init__(self, both: Both) -> None:
        self.both = both
        self._of = {Side.SURVIVOR: both.survivor.pl_id, Side.LOSER: both.loser.pl_id}
        self.written: list[str] = []

    def keep(self, what: str, mine: Any, other: Any, chosen: Side, shown: Callable[[Any], str] = str) -> Any:
        """The value that stays; the other one becomes a line."""
        stays, goes, of = _kept(mine, other, chosen)
        if goes not in ("", None) and goes != stays:
            self.written.append(f"{what} of {self._of[of]}: {shown(goes)}")
        return stays


def _lined(uow: "UnitOfWork", lines: _Lines, choices: Choices) -> dict[str, object]:
    """Address, price level, tax and limit on account: what does not stay becomes a line of the note."""
    mine, other = lines.both.survivor, lines.both.loser
    has, had = mine.terms, other.terms
    none = Side.SURVIVOR
    at_level = _side(choices, MergeField.PRICE_LEVEL)
    taxed = _side(choices, MergeField.TAX_NUMBER)
    shown = uow.businesses.get().shown
    limits = has.account_limit_minor, had.account_limit_minor
    levels = has.price_level_id, had.price_level_id
    reasons = has.tax_exempt_reason, had.tax_exempt_reason
    return {
        "address": lines.keep("Address", mine.address, other.address, _side(choices, MergeField.ADDRESS)),
        "price_level_id": lines.keep("Price level", *levels, at_level, lambda key: level_name(uow, key)),
        "tax_number": lines.keep("Tax number", has.tax_number, had.tax_number, taxed),
        "tax_exempt_reason": lines.keep("Reason for no tax", *reasons, none),
        "account_limit_minor": lines.keep("Limit on account", *limits, none, shown),
    }


def level_name(uow: "UnitOfWork", key: int | None) -> str:
    """What a price level is called, "" for none."""
    level = uow.price_levels.get(key) if key is not None else None
    return level.name if level is not None else ""


def _note(both: Both, lines: list[str], first: Side) -> str:
    """Both notes, the chosen one first, then what has no room elsewhere."""
    notes = [both.survivor.note, both.loser.note]
    if first is Side.LOSER:
        notes.reverse()
    note = "\n".join(dict.fromkeys(one for one in (*notes, *lines) if one))
    if len(note) > NOTE_LIMIT and note != both.survivor.note:
        raise DomainError(
            "note_too_long",
            f"The notes of {both.survivor.pl_id} and {both.loser.pl_id} are too long for one. "
            "Shorten one of them, then merge.",
            field="note",
        )
    return note


# -- answers -------------------------------------------------------------------------------------------
def winner(both: Both, kind: ConsentKind, chosen: Side | None) -> Side | None:
    """Whose answer of a kind holds: the only one, the chosen one, else the one that was withdrawn.

    Where both say the same it is the newer one.
    """
    mine, other = (held.get(kind) for held in both.answers)
    if mine is None or other is None:
        return None if mine is other else Side.LOSER if mine is None else Side.SURVIVOR
    if mine.is_given is other.is_given:
        return Side.SURVIVOR if mine.id > other.id else Side.LOSER
    if chosen is not None:
        return chosen
    return Side.LOSER if mine.is_given else Side.SURVIVOR


# -- what a manager sees -------------------------------------------------------------------------------
def sights(uow: "UnitOfWork", both: Both, choices: Choices) -> tuple[FieldSight, ...]:
    """The fields of both, in the order in which they are shown."""
    region = uow.businesses.get().region
    columns = [_shown(uow, one, held, region) for one, held in zip(_two(both), both.answers, strict=True)]
    found = []
    for of in MergeField:
        mine, other = (column[of] for column in columns)
        found.append(FieldSight(of, mine, other, _chosen(both, choices, of, mine, other), of in _TOGETHER))
    return tuple(found)


_TOGETHER = frozenset({MergeField.PHONES, MergeField.EMAIL, MergeField.NOTE})
"""Of these both are kept in their own place; another value goes among the people or into the note."""


def _two(both: Both) -> tuple[Customer, Customer]:
    return both.survivor, both.loser


def _shown(
    uow: "UnitOfWork", one: Customer, answers: Answers, region: str
) -> dict[MergeField, tuple[str, ...]]:
    told = answers.get(ConsentKind.MESSAGES)
    texts = {
        MergeField.NAME: one.name,
        MergeField.EMAIL: one.email,
        MergeField.ADDRESS: one.address,
        MergeField.NOTE: one.note,
        MergeField.MESSAGES: "" if told is None else "given" if told.is_given else "withdrawn",
        MergeField.PRICE_LEVEL: level_name(uow, one.terms.price_level_id),
        MergeField.TAX_NUMBER: one.terms.tax_number,
    }
    phones = tuple(line.number.shown(region) for line in one.current_phones)
    return {MergeField.PHONES: phones, **{of: (text,) if text else () for of, text in texts.items()}}


def _chosen(
    both: Both, choices: Choices, of: MergeField, mine: tuple[str, ...], other: tuple[str, ...]
) -> Side:
    if of is MergeField.MESSAGES:
        return winner(both, ConsentKind.MESSAGES, choices.get(of)) or Side.SURVIVOR
    if not other:
        return Side.SURVIVOR
    if not mine:
        return Side.LOSER
    return _name_side(both, choices) if of is MergeField.NAME else _side(choices, of)
