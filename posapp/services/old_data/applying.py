"""The customers of a portion, made of what their records say."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from posapp.domain.base.folding import search_words
from posapp.domain.customers.customers import ADDRESS_LIMIT, NOTE_LIMIT
from posapp.domain.old_data.staging import NO_PHONE, Role, Told
from posapp.domain.selling.ledger import Account
from posapp.services.old_data.systems import OldSystem
from posapp.storage.old_data.writing import Portion

IS_OLD = "old"
"""The status of a staged row whose PL ID becomes a former one of its customer."""


@dataclass(slots=True)
class Person:
    """What the records of one group say together; `customer_id` is None for somebody new."""

    group_id: int
    key: str
    kept: int | None
    customer_id: int | None
    at: int | None = None
    names: list[str] = field(default_factory=list)
    emails: list[str] = field(default_factory=list)
    phone: tuple[str, str, str] = ("", "", "")
    further: list[tuple[str, str, str, str]] = field(default_factory=list)
    address: str = ""
    note: str = ""
    balance: int = 0
    old_numbers: list[int] = field(default_factory=list)
    legacy: list[tuple[str, str, str, str]] = field(default_factory=list)
    """Collection, code, code to be found by, and what else the row said."""
    rows: int = 0
    """Rows of customers, tickets not counted."""
    was_known: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing is left of it: another till has brought it."""
        return self.was_known and not self.legacy

    def leave_out(self, known: set[tuple[str, str]]) -> None:
        """Take out records that are here by now, and what they say where all of them are."""
        before = len(self.legacy)
        self.legacy = [one for one in self.legacy if one[:2] not in known]
        if len(self.legacy) < before:
            self.was_known = True
            self.balance = self.balance if self.legacy else 0
            if not self.legacy:
                self.names, self.emails, self.further, self.old_numbers = [], [], [], []

    @property
    def numbers(self) -> list[str]:
        """The keys of all its numbers."""
        own = [] if self.key.startswith((NO_PHONE, "#")) else [self.key]
        return own + [one[0] for one in self.further]


def people_of(rows: Iterable[Any], system: OldSystem) -> Iterator[Person]:
    """The people whose records these are; the rows come group by group in the order in which they count."""
    tickets = {one.name for one in system.collections if one.has_customer}
    linked = {one.name for one in system.collections if one.keeps_passed}
    for _, records in groupby(rows, lambda row: row.group_id):
        person: Person | None = None
        names: dict[str, str] = {}
        emails: dict[str, None] = {}
        for row in records:
            told = Told.read(row.body)
            if person is None:
                person = Person(row.group_id, row.key, row.kept, row.customer_id, row.at)
                person.phone = told.phone or ("", "", "")
            if told.name:
                names.setdefault(told.name.casefold(), told.name)
            if row.email:
                emails[row.email] = None
            emails.update(dict.fromkeys(told.emails))
            _describe(person, told, keeps_all=not system.system.is_old)
            person.further += told.phones
            if row.collection in tickets:
                continue
            person.rows += 1
            if row.role == Role.MAIN:
                person.balance += row.amount_minor or 0
            elif row.role == Role.LINKED and row.collection in linked and row.phone_key and told.phone:
                person.further.append((row.phone_key, *told.phone))
            if row.pl_number is not None and row.status == IS_OLD:
                person.old_numbers.append(row.pl_number)
            person.legacy.append((row.collection, row.code, row.code_fold or row.code, told.rest))
        if person is not None:
            person.names, person.emails = list(names.values()), list(emails)
            yield person


def _describe(person: Person, told: Told, *, keeps_all: bool) -> None:
    """Address and note of somebody; of a table's further rows they become lines of the note."""
    if keeps_all and person.address and told.address not in ("", person.address):
        person.note = "\n".join(filter(None, (person.note, f"Address: {told.address}")))
    if keeps_all and person.note and told.note not in person.note:
        person.note = f"{person.note}\n{told.note}"
    person.address = person.address or told.address
    person.note = person.note or told.note


class Builder:
    """Puts people into a portion. `moment` stands where a row tells no date."""

    def __init__(self, moment: int, without_phone: str) -> None:
        self._moment = moment
        self._without_phone = without_phone
        self.portion = Portion()

    def make(self, person: Person, key: int, pl_number: int) -> None:
        """Somebody new."""
        rows = self.portion.rows
        name = person.names[0] if person.names else ""
        others = person.names[1:]
        folded, latin = search_words(name)
        more = latin
        if others:
            more = " ".join(
                filter(None, [latin, *(word for other in others for word in search_words(other))])
            )
        no_phone = self._without_phone if person.key.startswith(NO_PHONE) else None
        rows["customer"].append(
            (
                pl_number,
                name,
                folded,
                more or None,
                person.emails[0] if person.emails else "",
                person.address[:ADDRESS_LIMIT].rstrip(),
                person.note[:NOTE_LIMIT].rstrip(),
                no_phone,
                self._moment if person.at is None else person.at,
            )
        )
        if no_phone is None:
            self._number(key, (person.key, *person.phone), is_primary=True)
        self._rest(person, key, others, person.emails[1:])
        self.portion.made.append((key, person.group_id))

    def add(self, person: Person, key: int, names: Sequence[str], emails: Collection[str]) -> list[str]:
        """What is new of somebody who is here with these names and addresses; the new names."""
        known = {name.casefold() for name in names if name}
        new = [name for name in person.names if name.casefold() not in known]
        self._rest(person, key, new, [one for one in person.emails if one not in emails])
        self.portion.found.append((key, person.group_id))
        return new

    def _rest(self, person: Person, key: int, names: Iterable[str], emails: Iterable[str]) -> None:
        rows = self.portion.rows
        rows["contact"] += [(key, name) for name in names]
        rows["further_email"] += [(key, email) for email in emails]
        rows["legacy_id"] += [(key, *one) for one in person.legacy]
        rows["alias"] += [(key, f"pl{number}") for number in dict.fromkeys(person.old_numbers)]
        for one in person.further:
            self._number(key, one, is_primary=False)
        if person.balance:
            account = Account.DEBT if person.balance > 0 else Account.CREDIT
            rows["ledger_entry"].append((key, account.value, person.balance))

    def _number(self, key: int, number: tuple[str, str, str, str], *, is_primary: bool) -> None:
        digits, extension, mark, typed = number
        turned = digits.removeprefix("+")[::-1]
        self.portion.rows["phone"].append((key, digits, turned, extension, typed, mark or None, is_primary))


def without_taken(person: Person, owners: Mapping[str, int], given: set[str]) -> None:
    """Leave out further numbers that somebody has; `given` are those of this portion."""
    free = []
    for one in person.further:
        if one[0] not in owners and one[0] not in given and one[0] != person.key:
            given.add(one[0])
            free.append(one)
    person.further = free
