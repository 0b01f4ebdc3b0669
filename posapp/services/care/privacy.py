"""The privacy desk: all that the shop holds of a person as a file, and forgetting a person.

Forgetting empties what tells of somebody and keeps the books, the PL ID, numbers, amounts and days; the
chain of the journal holds, since personal values stand beside it. Papers for the tax office keep the name
for the years that the shop has set. What went is gone from the files of the database, too
(`storage/care/scrub.py`); what old backups still hold is told.
"""

import base64
import json
import logging
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from posapp import files, paths
from posapp.domain.base.actions import Action
from posapp.domain.base.actor import Actor, Permission
from posapp.domain.base.clock import from_us
from posapp.domain.base.errors import DomainError
from posapp.domain.base.names import clean_text
from posapp.domain.base.numbers import PL
from posapp.domain.customers.customers import REASON_LIMIT, Customer
from posapp.domain.customers.privacy import Erase, Erased, ErasePlan, OldCopy, tax_until
from posapp.domain.papers.documents import PaperSize
from posapp.services.base.drafts import forget_in, shop_mark
from posapp.services.base.edits import refuse_stale
from posapp.services.care.backups import backups_of, thinned_out_on
from posapp.services.care.erasing import (
    EMPTIED,
    blockers,
    empty_tax_papers,
    forget,
    refuse_named,
    shares,
    staying,
)
from posapp.services.care.person_data import paper_of_person, person_data
from posapp.services.customers.customers import require_customer
from posapp.services.customers.tax_years import YEARS, check_years, years_of
from posapp.services.papers.giving_out import copy_mark, render
from posapp.storage.care import scrub

if TYPE_CHECKING:
    from posapp.storage.care.persons import Held
    from posapp.storage.unit_of_work import Store, UnitOfWork

log = logging.getLogger(__name__)


class PrivacyDesk:
    """Gives out and forgets what is known of a person."""

    def __init__(self, store: "Store") -> None:
        self._store = store

    # -- the data of a person ----------------------------------------------------------------------
    def save_json(self, actor: Actor, customer_id: int, file: Path, *, replace: bool = False) -> Customer:
        """Write all that the shop holds of a customer as JSON, photos too. Refuses like `files.check`."""
        actor.require(Permission.PERSON_EXPORT)
        with self._store.look(actor, snapshot=True) as uow:
            customer = require_customer(uow, customer_id)
            told = person_data(uow, customer)
        text = json.dumps(told, ensure_ascii=False, indent=2, default=_encoded)
        return self._write(actor, customer, file, text.encode("utf-8", "surrogatepass"), replace=replace)

    def save_pdf(
        self, actor: Actor, customer_id: int, paper: PaperSize, file: Path, *, replace: bool = False
    ) -> Customer:
        """Write it as a PDF to read; photos are named in it. Refuses like `files.check`."""
        actor.require(Permission.PERSON_EXPORT)
        with self._store.look(actor, snapshot=True) as uow:
            customer = require_customer(uow, customer_id)
            document = paper_of_person(uow, customer, person_data(uow, customer))
            pdf = render(uow, document, paper, copy_mark(uow, 1))
        return self._write(actor, customer, file, pdf, replace=replace)

    def _write(self, actor: Actor, customer: Customer, file: Path, made: bytes, *, replace: bool) -> Customer:
        """Write the file, then note that it was given out; one that could not be written is not."""
        with self._store.work(actor) as uow:
            files.write(file, made, replace=replace)
            uow.journal.add(
                Action.PERSON_EXPORTED,
                "customer",
                customer.id,
                ref=str(customer.pl_id),
                after={"output": file.suffix.lstrip(".").casefold()},
            )
            uow.commit()
        return customer

    # -- forgetting --------------------------------------------------------------------------------
    def plan(self, actor: Actor, customer_id: int) -> ErasePlan:
        """What forgetting a customer would do, and what stands in its way."""
        actor.require(Permission.PERSON_ERASE)
        with self._store.look(actor, snapshot=True) as uow:
            customer = _not_erased(require_customer(uow, customer_id))
            held = uow.persons.of(customer.id)
            entries = len(uow.erasing.entries(held))
            made, version = customer.stamps.created_at, customer.stamps.version
            return ErasePlan(
                customer.id,
                str(customer.pl_id),
                version,
                shares(uow, customer, held, entries),
                staying(held),
                blockers(uow, customer, held),
                _tax_until(uow, held),
                tuple(one for one in self._old_copies() if one.made_at >= made),
            )

    def erase(self, actor: Actor, command: Erase) -> Erased:
        """Forget a customer for good: nothing brings it back.

        `DomainError` person_blocked while something is open (its facts name all of it), person_erased where
        that was done before, reason_missing, reason_names, changed_elsewhere.
        """
        actor.require(Permission.PERSON_ERASE)
        reason = clean_text(command.reason, REASON_LIMIT, "reason")
        if not reason:
            raise DomainError("reason_missing", "Say why the person is to be forgotten.", field="reason")
        with self._store.work(actor) as uow:
            customer, held = _held(uow, command)
            refuse_named(reason, customer)
            entries = forget(uow, customer, held, reason)
            goes = shares(uow, customer, held, len(entries))
            until = _tax_until(uow, held)
            scrub.owe(uow.connection, is_sqlite=uow.is_sqlite)
            business = uow.businesses.get()
            uow.commit()
        self._forget_drafts(actor, shop_mark(self._store.identity, business), customer)
        is_scrubbed = scrub.scrub(self._store.database)
        log.info("%s is anonymised, file %s", customer.pl_id, "scrubbed" if is_scrubbed else "not scrubbed")
        made = customer.stamps.created_at
        copies = tuple(one for one in self._old_copies() if one.made_at >= made)
        return Erased(str(customer.pl_id), goes, staying(held), until, copies, is_scrubbed)

    def _old_copies(self) -> tuple[OldCopy, ...]:
        """The backups of this computer, and until when each is kept."""
        now = self._store.clock.now()
        found = backups_of(self._store.database.url.render_as_string())
        until = thinned_out_on([one.made_at for one in found], now)
        return tuple(OldCopy(one.file.name, one.made_at, until.get(one.made_at)) for one in found)

    def _forget_drafts(self, actor: Actor, mark: str, customer: Customer) -> None:
        """What is half typed about the person at this till."""
        words = [f'"{customer.id} {customer.pl_id} ', customer.name, customer.email]
        numbers = [line.number.key for line in customer.phones]
        forget_in(paths.draft_folder(actor.till), mark, words, numbers)

    # -- after the years -----------------------------------------------------------------------------
    def has_due(self, actor: Actor) -> bool:
        """Whether tax papers of forgotten people are past their years, or the file is to be scrubbed."""
        actor.require(Permission.DATA_MAINTAIN)
        with self._store.look(actor) as uow:
            return scrub.is_owed(uow.connection, is_sqlite=uow.is_sqlite) or _is_due(uow)

    def keep_up(self, actor: Actor) -> int:
        """Empty tax papers of forgotten people that were kept for their years, and scrub; how many papers."""
        actor.require(Permission.DATA_MAINTAIN)
        emptied = 0
        with self._store.work(actor) as uow:
            if _is_due(uow):
                emptied = sum(empty_tax_papers(uow, uow.persons.of(key)) for key in uow.erasing.erased())
                uow.businesses.set_setting(EMPTIED, _this_year(uow))
                uow.journal.add(Action.PERSON_PAPERS, "business", actor.business, after={"papers": emptied})
                if emptied:
                    scrub.owe(uow.connection, is_sqlite=uow.is_sqlite)
                uow.commit()
        with self._store.look(actor) as uow:
            is_owed = scrub.is_owed(uow.connection, is_sqlite=uow.is_sqlite)
        if is_owed:
            scrub.scrub(self._store.database)
        return emptied

    def tax_years(self, actor: Actor) -> int:
        """For how many years tax papers keep the name of somebody who is forgotten."""
        actor.require(Permission.SHOP_READ)
        with self._store.look(actor) as uow:
            return years_of(uow)

    def set_tax_years(self, actor: Actor, years: int) -> int:
        """Keep them for other years."""
        actor.require(Permission.SHOP_WRITE)
        check_years(years)
        with self._store.work(actor) as uow:
            before = years_of(uow)
            if years != before:
                uow.businesses.set_setting(YEARS, str(years))
                uow.journal.add(
                    Action.BUSINESS_EDITED,
                    "business",
                    actor.business,
                    before={YEARS: before},
                    after={YEARS: years},
                )
                uow.commit()
        return years


# -- inside a transaction ------------------------------------------------------------------------------
def _held(uow: "UnitOfWork", command: Erase) -> "tuple[Customer, Held]":
    """The customer, whom nobody changes or points at any more, and all that is about them."""
    key = require_customer(uow, command.customer_id).id
    if not uow.is_sqlite:  # in the order of everybody: users, the door that numbers go through, the customer
        for user_id in sorted(uow.persons.of(key).users):
            uow.users.hold(user_id)
        uow.counters.hold(PL)
    uow.erasing.hold(key)
    customer = _not_erased(require_customer(uow, key))
    refuse_stale(customer.pl_id, customer.stamps, command.seen_version)
    held = uow.persons.of(key)
    blocked = blockers(uow, customer, held)
    if blocked:
        raise DomainError(
            "person_blocked",
            f"{customer.pl_id} cannot be anonymised yet. {blocked[0].sentence}",
            reasons=[one.sentence for one in blocked],
        )
    return customer, held


def _not_erased(customer: Customer) -> Customer:
    if customer.erased_at is not None:
        raise DomainError("person_erased", f"{customer.pl_id} is anonymised already.")
    return customer


def _tax_until(uow: "UnitOfWork", held: "Held") -> date | None:
    business, last = uow.businesses.get(), uow.persons.last_tax_paper(held)
    return tax_until(business.day_of(from_us(last)), years_of(uow)) if last is not None else None


def _is_due(uow: "UnitOfWork") -> bool:
    return uow.businesses.settings().get(EMPTIED) != _this_year(uow) and bool(uow.erasing.erased())


def _this_year(uow: "UnitOfWork") -> str:
    """What was seen to: of which year, and for how many years papers are kept."""
    return f"{uow.businesses.get().day_of(uow.now).year}/{years_of(uow)}"


def _encoded(value: object) -> str:
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    raise TypeError(f"no word for {type(value).__name__}")
