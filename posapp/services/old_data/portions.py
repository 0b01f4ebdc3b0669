"""Writes one portion of a batch under the lock: whatever other tills did since the plan was made counts."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from posapp.domain.base.errors import DomainError
from posapp.domain.base.numbers import LARGEST, PL
from posapp.services.old_data.applying import Builder, Person, without_taken
from posapp.services.old_data.updating import fill
from posapp.storage.old_data.former_numbers import no_longer_former
from posapp.storage.old_data.writing import Mark, Portion, Writing

if TYPE_CHECKING:
    from posapp.storage.unit_of_work import UnitOfWork

Made = dict[str, list[int]]


class PeoplePortion:
    """The customers of some groups. `is_fresh`: nobody is here whom they could meet."""

    def __init__(self, uow: "UnitOfWork", writing: Writing, mark: Mark, without_phone: str) -> None:
        self._uow = uow
        self._writing = writing
        self._fills = not mark.system.is_old
        self._builder = Builder(mark.at, without_phone)
        self._named: list[tuple[int, str, list[str]]] = []
        self.created = 0

    @property
    def portion(self) -> Portion:
        """The rows."""
        return self._builder.portion

    def write(self, people: Sequence[Person], *, is_fresh: bool) -> Made:
        """Add them; the keys of all new rows by table."""
        last = self._uow.counters.hold(PL)
        owners: dict[str, int] = {}
        if not is_fresh:
            owners = self._writing.owners([number for one in people for number in one.numbers])
            self._pass_over_known(people)
        given: set[str] = set()
        new: list[Person] = []
        old: list[tuple[Person, int]] = []
        for person in people:
            without_taken(person, owners, given)
            key = person.customer_id or owners.get(person.key)
            if key is not None:
                old.append((person, key))
            elif not person.is_empty:
                new.append(person)
        keys = self._writing.next_keys("customer", len(new))
        self._make(new, keys, last, is_fresh=is_fresh)
        if old:
            self._add(old)
        made = self._writing.put(self.portion, keys)
        if not is_fresh:
            self._uow.facts.note(keys)
            no_longer_former(self._uow.connection, self._uow.actor.business, self.portion.numbers)
        for key, name, contacts in self._named:
            self._uow.customers.refresh_words(key, name, contacts)
        self.created = len(new)
        return made

    def _pass_over_known(self, people: Sequence[Person]) -> None:
        """Records that the same import brought from another till since the plan was made."""
        known = self._writing.known([one[:2] for person in people for one in person.legacy])
        for person in people if known else ():
            person.leave_out(known)

    def _make(self, new: Sequence[Person], keys: Sequence[int], last: int, *, is_fresh: bool) -> None:
        taken: set[int] = set()
        wanted = [one.kept for one in new if one.kept is not None]
        if wanted and not is_fresh:
            taken = self._writing.pl_taken(wanted)
        for person, key in zip(new, keys, strict=True):
            number = person.kept
            if number is None or number in taken:
                last += 1
                if last > LARGEST:
                    raise DomainError("pl_ids_used_up", "There are no PL IDs left.")
                number = last
            self._builder.make(person, key, number)
        self._uow.counters.set(PL, last)

    def _add(self, old: Sequence[tuple[Person, int]]) -> None:
        customers = {one.id: one for one in self._uow.customers.some([key for _, key in old])}
        emails = self._writing.emails([key for _, key in old])
        names: dict[int, list[str]] = {}
        for person, key in old:
            customer = customers.get(key)
            if customer is None:  # merged meanwhile: the survivor carries on
                [customer] = self._uow.customers.some([key])
            if self._fills and fill(self._uow, customer, person):
                [customer] = self._uow.customers.some([customer.id])
                customers[customer.id] = customer
            known = names.setdefault(
                customer.id, [customer.name, *(contact.name for contact in customer.contacts)]
            )
            addresses = emails.setdefault(customer.id, {customer.email})
            addresses.add(customer.email)
            new = self._builder.add(person, customer.id, known, addresses)
            addresses.update(person.emails)
            known += new
            if new:
                self._named.append((customer.id, customer.name, known[1:]))
        self._uow.facts.note(names)
