"""Empties what tells of a person, column by column; numbers, amounts, days and the PL ID stay.

A text that must not be empty becomes the word for what was there (`ERASED`). What is emptied here is put
into the journal like every change; what the journal itself keeps beside its entries is emptied by it.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Table, and_, case, delete, exists, or_, select

from posapp.domain.base.actions import Action
from posapp.domain.base.errors import DomainError
from posapp.domain.customers.customers import ERASED
from posapp.domain.customers.pl_id import PlId
from posapp.storage.base.repository import Repository
from posapp.storage.base.rows import changed_now, in_parts
from posapp.storage.base.tables import journal, journal_personal
from posapp.storage.bookings.tables import booking, walk_in
from posapp.storage.care.persons import Held
from posapp.storage.counter.tables import access_code
from posapp.storage.customers.customers import alias_code
from posapp.storage.customers.tables import alias, consent, contact, customer, further_email, phone
from posapp.storage.old_data.tables import customer_merge
from posapp.storage.papers.tables import document, print_job
from posapp.storage.repairs.tables import contact_log, device, estimate, job, loan, photo, ticket
from posapp.storage.selling.order_tables import payment, sale_order
from posapp.storage.shop.tables import business, picture


def _worded(column: ColumnElement[str]) -> Any:
    """The word for what was there, where something was."""
    return case((column != "", ERASED), else_=column)


class Erasing(Repository):
    """Empties the records of one business."""

    def hold(self, customer_id: int) -> None:
        """Keep others from changing the customer, and from pointing at it, until this transaction ends."""
        here = and_(customer.c.business_id == self._business, customer.c.id == customer_id)
        self._connection.execute(select(customer.c.id).where(here).with_for_update())

    def records(self, held: Held) -> None:
        """Everything but tax papers, photos, signatures and numbers; the customers last."""
        people = held.customers
        self._empty(booking, booking.c.customer_id, people, _BOOKING)
        self._empty(walk_in, walk_in.c.customer_id, people, {"note": ""})
        self._empty(ticket, ticket.c.customer_id, people, {"note": "", "contact_id": None})
        self._empty(job, job.c.id, held.jobs, _JOB)
        self._empty(device, device.c.id, held.own_devices, {"serial": "", "serial_key": "", "imei": ""})
        self._empty(
            estimate, estimate.c.customer_id, people, {"answered_by": _worded(estimate.c.answered_by)}
        )
        self._empty(contact_log, contact_log.c.customer_id, people, {"words": ERASED, "answer": ""})
        self._empty(loan, loan.c.ticket_id, held.tickets, {"note": ""})
        self._empty(sale_order, sale_order.c.id, held.orders, _ORDER)
        self._empty(consent, consent.c.customer_id, people, {"words": ""})
        self._empty(document, document.c.id, held.papers, {"snapshot": ""})
        is_open = and_(access_code.c.customer_id.in_(people), access_code.c.state == "open")
        ended = {"state": "replaced", **changed_now(access_code, self._at, self._by)}
        self._change(access_code, is_open, ended)
        for table in (contact, alias, phone, further_email):
            self._remove(table, people)
        for column in (customer_merge.c.survivor_id, customer_merge.c.loser_id):
            self._empty(customer_merge, column, people, {"told": ""})
        self._empty(customer, customer.c.id, people, {**_CUSTOMER, "erased_at": self._at})

    def _empty(
        self, table: Table, column: ColumnElement[Any], keys: Sequence[int], values: Mapping[str, Any]
    ) -> None:
        """Empty columns of the records with these keys, those only that hold something there."""
        stamps = changed_now(table, self._at, self._by) if "updated_by" in table.c else {}
        for part in in_parts(keys):
            which: ColumnElement[bool] = column.in_(part)
            if table is not customer:
                which = and_(which, or_(*(_is_filled(table.c[name], values[name]) for name in values)))
            self._change(table, which, {**values, **stamps})

    def _remove(self, table: Table, people: Sequence[int]) -> None:
        """Delete what hangs on the customers; PL IDs that once were theirs go on finding them."""
        which: ColumnElement[bool] = and_(
            table.c.business_id == self._business, table.c.customer_id.in_(people)
        )
        if table is alias:
            codes = select(alias.c.id, alias.c.code).where(which)
            gone = [row.id for row in self._connection.execute(codes) if not _is_pl(row.code)]
            which = and_(table.c.business_id == self._business, table.c.id.in_(gone))
        if table is phone:
            self._give_back(people)
        self._connection.execute(delete(table).where(which))

    def _give_back(self, people: Sequence[int]) -> None:
        """Whoever had one of these numbers last is the one who had it last again."""
        mine = select(phone.c.key).where(
            and_(phone.c.business_id == self._business, phone.c.customer_id.in_(people))
        )
        for key in set(self._connection.execute(mine).scalars()):
            others = (
                select(phone.c.id, phone.c.ended_at)
                .where(
                    and_(
                        phone.c.business_id == self._business,
                        phone.c.key == key,
                        phone.c.customer_id.not_in(people),
                    )
                )
                .order_by(phone.c.id.desc())
                .limit(1)
            )
            last = self._connection.execute(others).first()
            if last is not None and last.ended_at is not None:
                self._change(phone, last.id, {"is_former": True})

    # -- pictures ------------------------------------------------------------------------------------
    def photos(self, held: Held) -> list[tuple[int, int, int]]:
        """Empty the photos; key, ticket and its number of each that was still on its device."""
        asked = (
            select(photo.c.id, job.c.ticket_id, ticket.c.number)
            .join(job, and_(job.c.id == photo.c.job_id, job.c.business_id == photo.c.business_id))
            .join(ticket, and_(ticket.c.id == job.c.ticket_id, ticket.c.business_id == job.c.business_id))
        )
        found: list[tuple[int, int, int]] = []
        for part in in_parts(held.photos):
            here = and_(photo.c.business_id == self._business, photo.c.id.in_(part))
            rows = self._connection.execute(asked.where(and_(here, photo.c.removed_at.is_(None))))
            found += [tuple(row) for row in rows]
            self._change(photo, photo.c.id.in_(part), {"jpeg": b""})
        for part in in_parts([key for key, _, _ in found]):
            self._change(photo, photo.c.id.in_(part), {"removed_at": self._at})
        return found

    def signatures(self, held: Held) -> int:
        """Take away the pictures of signatures that were given for these tickets and devices; how many."""
        hashes = self._signed_before(held)
        for table, keys in ((ticket, held.tickets), (job, held.jobs)):
            name = table.c.signature_hash
            for part in in_parts(keys):
                mine = and_(table.c.business_id == self._business, table.c.id.in_(part), name != "")
                hashes.update(self._connection.execute(select(name).where(mine)).scalars())
                self._change(table, mine, {"signature_hash": ""})
        return sum(map(self._drop_picture, sorted(hashes)))

    def _signed_before(self, held: Held) -> set[str]:
        """What was signed at hand-backs by the journal: records forget those that were undone."""
        found: set[str] = set()
        for part in in_parts(held.tickets):
            told = select(journal.c.body).where(
                and_(
                    journal.c.business_id == self._business,
                    journal.c.subject == "ticket",
                    journal.c.subject_id.in_(part),
                    journal.c.action == Action.TICKET_HANDED_BACK,
                )
            )
            bodies = map(json.loads, self._connection.execute(told).scalars())
            found.update(body["after"].get("signature", "") for body in bodies)
        return found - {""}

    def _drop_picture(self, name: str) -> int:
        here = and_(picture.c.business_id == self._business, picture.c.hash == name)
        used = or_(
            *(
                exists().where(and_(one.c.business_id == self._business, one.c.signature_hash == name))
                for one in (ticket, job)
            ),
            exists().where(and_(business.c.id == self._business, business.c.logo == name)),
        )
        if self._connection.execute(select(used)).scalar():
            return 0
        dropped: int = self._connection.execute(delete(picture).where(here)).rowcount
        return dropped

    def cancel_prints(self, held: Held) -> list[tuple[int, str]]:
        """Give up what still was to be printed of the emptied papers; the paper and number of each."""
        found: list[tuple[int, str]] = []
        for part in in_parts(held.papers):
            is_open = and_(print_job.c.document_id.in_(part), print_job.c.state.in_(("queued", "failed")))
            asked = (
                select(print_job.c.document_id, document.c.number)
                .join(
                    document,
                    and_(
                        document.c.id == print_job.c.document_id,
                        document.c.business_id == print_job.c.business_id,
                    ),
                )
                .where(and_(print_job.c.business_id == self._business, is_open))
                .order_by(print_job.c.id)
            )
            found += [tuple(row) for row in self._connection.execute(asked)]
            self._change(print_job, is_open, {"state": "cancelled", "problem": "", "updated_at": self._at})
        return found

    # -- the journal ---------------------------------------------------------------------------------
    def entries(self, held: Held) -> list[int]:
        """The entries about these records that still have personal values beside them."""
        found: set[int] = set()
        for subject, keys in held.subjects():
            for part in in_parts(keys):
                asked = (
                    select(journal.c.id)
                    .join(
                        journal_personal,
                        and_(
                            journal_personal.c.business_id == journal.c.business_id,
                            journal_personal.c.journal_id == journal.c.id,
                        ),
                    )
                    .where(
                        and_(
                            journal.c.business_id == self._business,
                            journal.c.subject == subject,
                            journal.c.subject_id.in_(part),
                            journal_personal.c.body != "",
                        )
                    )
                )
                found.update(self._connection.execute(asked).scalars())
        return sorted(found)

    # -- tax papers, after their years ---------------------------------------------------------------
    def erased(self) -> list[int]:
        """The customers who are forgotten."""
        asked = select(customer.c.id).where(
            and_(customer.c.business_id == self._business, customer.c.erased_at.is_not(None))
        )
        return list(self._connection.execute(asked.order_by(customer.c.id)).scalars())

    def tax_papers(self, held: Held, until: int, day: int) -> int:
        """Empty tax papers made before a moment (microseconds); how many.

        References of payments, and why a sale before that day bore no tax, go with them.
        """
        emptied = 0
        for part in in_parts(held.tax_papers):
            old = and_(document.c.id.in_(part), document.c.created_at < until, document.c.snapshot != "")
            emptied += self._change(document, old, {"snapshot": ""})
        for part in in_parts(held.payments):
            old = and_(
                payment.c.id.in_(part), payment.c.business_day < day, payment.c.reference.not_in(("", ERASED))
            )
            self._change(payment, old, {"reference": ERASED})
        for part in in_parts(held.orders):
            old = and_(sale_order.c.id.in_(part), sale_order.c.business_day < day, sale_order.c.exempt != "")
            self._change(sale_order, old, {"exempt": ERASED})
        return emptied


_BOOKING = {
    "note": "",
    "reason": _worded(booking.c.reason),
    "override_reason": _worded(booking.c.override_reason),
    "contact_id": None,
}
_JOB = {
    "fault": ERASED,
    "found": "",
    "accessories": "",
    "handed_to": "",
    "no_serial_reason": _worded(job.c.no_serial_reason),
    "passcode": None,
    "passcode_wipe_at": None,
}
_ORDER = {
    "note": "",
    "void_reason": _worded(sale_order.c.void_reason),
    "cart": "",
}
_CUSTOMER = {
    "name": "",
    "name_fold": "",
    "more_words": None,
    "email": "",
    "address": "",
    "note": "",
    "is_flagged": False,
    "no_phone_reason": ERASED,
    "tax_exempt_reason": "",
    "tax_number": "",
}


def _is_filled(column: ColumnElement[Any], value: Any) -> ColumnElement[bool]:
    """Whether a column holds what is to be emptied."""
    if value is None:
        return column.is_not(None)
    return column != "" if isinstance(value, str) and not value else column.not_in(("", ERASED))


def _is_pl(code: str) -> bool:
    """Whether an old ID is a PL ID."""
    try:
        return alias_code(str(PlId.parse(code))) == code
    except DomainError:
        return False
