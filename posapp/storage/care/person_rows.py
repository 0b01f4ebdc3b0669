"""The records about a person as plain values, part by part, for whoever asks what the shop knows of them.

Left out is what is no word about the person (keys of the database, folded copies for the search, names of
staff) and what is secret: a passcode, the hash of a gift card's code.
"""

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import LargeBinary, Table, and_, select

from posapp.domain.base.clock import day_of, from_us
from posapp.domain.base.numbers import Letter, number_text
from posapp.storage.base.journal import lines_about
from posapp.storage.base.repository import Repository
from posapp.storage.base.rows import in_parts
from posapp.storage.bookings.tables import booking, walk_in
from posapp.storage.care.persons import Held
from posapp.storage.customers.tables import alias, consent, contact, customer, phone
from posapp.storage.papers.tables import document
from posapp.storage.repairs.tables import (
    contact_log,
    device,
    estimate,
    estimate_line,
    job,
    loan,
    loaner,
    photo,
    ticket,
    ticket_state,
)
from posapp.storage.selling.gift_card_tables import gift_card
from posapp.storage.selling.order_tables import ledger_entry, line_tax, order_line, payment, sale_order
from posapp.storage.shop.tables import service

Told = dict[str, Any]
_LEFT_OUT = frozenset(
    {"id", "business_id", "name_fold", "more_words", "reversed", "serial_key", "passcode", "code_hash"}
    | {"cart", "version", "busy_until", "wall_start", "zone", "till", "signature_hash"}
)
_KEPT_BY = frozenset({"answered_by"})
_DAYS = frozenset({"business_day", "expires_on"})
_MOMENTS = frozenset({"state_since"})


class PersonRows(Repository):
    """Reads the records of one business about one person."""

    def told(self, held: Held) -> Told:
        """Everything, under the words of the trade; pictures as bytes."""
        people = held.customers
        orders = dict(self._numbers(sale_order, Letter.SALE, held.orders))
        return {
            "customer": self._some(customer, customer.c.id, people),
            "phones": self._some(phone, phone.c.customer_id, people),
            "contacts": self._some(contact, contact.c.customer_id, people),
            "aliases": self._some(alias, alias.c.customer_id, people),
            "consents": self._some(consent, consent.c.customer_id, people),
            "bookings": self._served(booking, held.bookings),
            "walk_ins": self._served(walk_in, held.walk_ins),
            "tickets": self._tickets(held),
            "orders": self._orders(held),
            "payments": self._about_orders(payment, payment.c.id, held.payments, orders),
            "ledger": self._about_orders(ledger_entry, ledger_entry.c.customer_id, people, orders),
            "gift_cards": self._some(gift_card, gift_card.c.id, held.gift_cards),
            "papers": self._some(
                document, document.c.id, sorted({*held.papers, *held.tax_papers}), {"snapshot"}
            ),
            "journal": self._journal(held),
        }

    # -- rows ----------------------------------------------------------------------------------------
    def _raw(self, table: Table, column: Any, keys: Sequence[int]) -> list[Told]:
        found: list[Told] = []
        for part in in_parts(keys):
            here = and_(table.c.business_id == self._business, column.in_(part))
            rows = self._connection.execute(select(table).where(here).order_by(*_order_of(table)))
            found += [dict(row._mapping) for row in rows]
        return found

    def _some(self, table: Table, column: Any, keys: Sequence[int], but: Any = frozenset()) -> list[Told]:
        return [_plain(table, row, but) for row in self._raw(table, column, keys)]

    def _numbers(self, table: Table, letter: Letter, keys: Sequence[int]) -> list[tuple[int, str]]:
        rows = self._raw(table, table.c.id, keys)
        return [(row["id"], number_text(letter, row["number"])) for row in rows if row["number"]]

    def _served(self, table: Table, keys: Sequence[int]) -> list[Told]:
        """Bookings and walk-ins, with the service by its name."""
        rows = self._raw(table, table.c.id, keys)
        names = {
            row["id"]: row["name"]
            for row in self._raw(service, service.c.id, sorted({row["service_id"] for row in rows}))
        }
        return [{**_plain(table, row), "service": names[row["service_id"]]} for row in rows]

    def _about_orders(
        self, table: Table, column: Any, keys: Sequence[int], orders: dict[int, str]
    ) -> list[Told]:
        rows = self._raw(table, column, keys)
        return [{**_plain(table, row), "order": orders.get(row["order_id"])} for row in rows]

    # -- repairs -------------------------------------------------------------------------------------
    def _tickets(self, held: Held) -> list[Told]:
        jobs, estimates = self._jobs(held), self._estimates(held)
        messages = _by("ticket_id", self._raw(contact_log, contact_log.c.ticket_id, held.tickets))
        loans = _by("ticket_id", self._raw(loan, loan.c.ticket_id, held.tickets))
        lent = {key for rows in loans.values() for key in (one["loaner_id"] for one in rows)}
        names = {row["id"]: row["name"] for row in self._raw(loaner, loaner.c.id, sorted(lent))}
        return [
            {
                **_plain(ticket, row),
                "devices": jobs.get(row["id"], []),
                "estimates": estimates.get(row["id"], []),
                "messages": [_plain(contact_log, one) for one in messages.get(row["id"], [])],
                "loaners": [
                    {**_plain(loan, one), "loaner": names[one["loaner_id"]]}
                    for one in loans.get(row["id"], [])
                ],
            }
            for row in self._raw(ticket, ticket.c.id, held.tickets)
        ]

    def _jobs(self, held: Held) -> dict[int, list[Told]]:
        rows = self._raw(job, job.c.id, held.jobs)
        states = {
            row["id"]: row["code"]
            for row in self._raw(ticket_state, ticket_state.c.id, sorted({row["state_id"] for row in rows}))
        }
        devices = {row["id"]: _plain(device, row) for row in self._raw(device, device.c.id, held.devices)}
        photos = _by("job_id", self._raw(photo, photo.c.id, held.photos))
        found: dict[int, list[Told]] = {}
        for row in rows:
            found.setdefault(row["ticket_id"], []).append(
                {
                    **_plain(job, row),
                    "condition": json.loads(row["condition"]),
                    "state": states[row["state_id"]],
                    "device": devices[row["device_id"]],
                    "photos": [
                        {**_plain(photo, one), "jpeg": bytes(one["jpeg"])}
                        for one in photos.get(row["id"], [])
                    ],
                }
            )
        return found

    def _estimates(self, held: Held) -> dict[int, list[Told]]:
        rows = self._raw(estimate, estimate.c.ticket_id, held.tickets)
        keys = [row["id"] for row in rows]
        lines = _by("estimate_id", self._raw(estimate_line, estimate_line.c.estimate_id, keys))
        found: dict[int, list[Told]] = {}
        for row in rows:
            own = [_plain(estimate_line, one) for one in lines.get(row["id"], [])]
            found.setdefault(row["ticket_id"], []).append({**_plain(estimate, row), "lines": own})
        return found

    # -- selling -------------------------------------------------------------------------------------
    def _orders(self, held: Held) -> list[Told]:
        lines = self._raw(order_line, order_line.c.order_id, held.orders)
        taxes = _by("line_id", self._raw(line_tax, line_tax.c.line_id, [one["id"] for one in lines]))
        own: dict[int, list[Told]] = {}
        for one in lines:
            parts = [_plain(line_tax, tax) for tax in taxes.get(one["id"], [])]
            told = {**_plain(order_line, one, {"cost_minor"}), "taxes": parts}
            own.setdefault(one["order_id"], []).append(told)
        return [
            {**_plain(sale_order, row), "lines": own.get(row["id"], [])}
            for row in self._raw(sale_order, sale_order.c.id, held.orders)
        ]

    # -- the journal ---------------------------------------------------------------------------------
    def _journal(self, held: Held) -> list[Told]:
        """What was noted about these records, without the names of staff."""
        found = [
            line
            for subject, keys in held.subjects()
            for key in keys
            for line in lines_about(self._core, self._business, subject, key)
        ]
        return [
            {
                "at": line.at.isoformat(),
                "action": line.action,
                "about": line.ref,
                "before": {name: value for name, value in line.before.items() if name != "with"},
                "after": {name: value for name, value in line.after.items() if name != "with"},
            }
            for line in sorted(found, key=lambda line: line.id)
        ]


_LETTERS = {
    "customer": "PL",
    "booking": Letter.BOOKING,
    "ticket": Letter.TICKET,
    "sale_order": Letter.SALE,
    "payment": Letter.PAYMENT,
    "gift_card": Letter.GIFT_CARD,
}


def _order_of(table: Table) -> list[Any]:
    return [table.c.id] if "id" in table.c else list(table.primary_key.columns)


def _by(column: str, rows: list[Told]) -> dict[int, list[Told]]:
    found: dict[int, list[Told]] = {}
    for row in rows:
        found.setdefault(row[column], []).append(row)
    return found


def _plain(table: Table, row: Told, but: Any = frozenset()) -> Told:
    """The columns that say something about the person; numbers as people say them, moments in ISO 8601."""
    found: Told = {}
    for column in table.columns:
        name, value = column.name, row[column.name]
        is_staff = name.endswith("_by") and name not in _KEPT_BY
        if name in _LEFT_OUT or name in but or name.endswith("_id") or is_staff:
            continue
        if isinstance(column.type, LargeBinary):
            continue
        found["pl_id" if name == "pl_number" else name] = _said(table.name, name, value)
    return found


def _said(table: str, name: str, value: Any) -> Any:
    if value is None or isinstance(value, bool):
        return value
    if name.endswith("_at") or name in _MOMENTS:
        return from_us(value).isoformat()
    if name in _DAYS:
        return day_of(value).isoformat()
    if name in ("number", "pl_number") and table in _LETTERS:
        return f"{_LETTERS[table]}{value}"
    if name == "held_number":
        return number_text(Letter.HELD, value)
    return bool(value) if name.startswith("is_") else value
