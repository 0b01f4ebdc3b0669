"""What sales asked for so far: for the devices of a ticket, for a booking, by which tender it was paid."""

from typing import Any

from sqlalchemy import BindParameter, ColumnElement, and_, bindparam, func, select

from posapp.domain.base.numbers import Letter, number_text
from posapp.domain.selling.payments import Tender
from posapp.storage.base.quick import Hot, beside
from posapp.storage.base.repository import Repository
from posapp.storage.base.rows import linked
from posapp.storage.repairs.tables import job, ticket
from posapp.storage.selling.order_tables import ledger_entry, order_line, payment, sale_order

_BUSINESS: BindParameter[int] = bindparam("business")
_MINOR = func.coalesce(func.sum(order_line.c.priced_minor), 0).label("priced_minor")
_LAST = func.max(sale_order.c.number).label("number")


def _charged(kind: str, about: ColumnElement[bool], *columns: ColumnElement[Any]) -> Any:
    """What completed sales asked for by lines of a kind; what was given back was asked for, too."""
    return (
        select(*columns)
        .join(sale_order, linked(order_line.c.order_id, sale_order))
        .where(
            and_(
                beside(order_line.c.business_id) == _BUSINESS,
                about,
                order_line.c.kind == kind,
                order_line.c.refunds_id.is_(None),
                sale_order.c.status == "completed",
            )
        )
    )


_OF_TICKET = order_line.c.ticket_id == bindparam("of_ticket")
_CHARGED = Hot(
    _charged("ticket", _OF_TICKET, order_line.c.job_id, _MINOR, _LAST).group_by(order_line.c.job_id)
)
_CHARGED_BESIDE = Hot(_charged("text", _OF_TICKET, _MINOR))
_CHARGED_BOOKING = Hot(_charged("booking", order_line.c.booking_id == bindparam("of_booking"), _MINOR, _LAST))
_PRICED = Hot(
    select(ticket.c.number)
    .join(job, and_(job.c.ticket_id == ticket.c.id, beside(job.c.business_id) == ticket.c.business_id))
    .where(
        and_(
            beside(ticket.c.business_id) == _BUSINESS,
            ticket.c.customer_id == bindparam("of_customer"),
            job.c.is_here,
            job.c.price_minor > 0,
        )
    )
    .group_by(ticket.c.number)
    .order_by(ticket.c.number)
)
_PAID_BY = Hot(
    select(payment.c.tender, (-func.sum(ledger_entry.c.amount_minor)).label("amount_minor"))
    .join(payment, linked(ledger_entry.c.payment_id, payment))
    .where(
        and_(
            beside(ledger_entry.c.business_id) == _BUSINESS,
            ledger_entry.c.order_id == bindparam("of_order"),
            ledger_entry.c.account == "debt",
        )
    )
    .group_by(payment.c.tender)
)


class Charges(Repository):
    """What was asked of the customers of one business, and paid."""

    def of_devices(self, ticket_id: int) -> dict[int, tuple[int, str]]:
        """What sales asked for each device of a ticket so far, and the last of them."""
        keys = {"business": self._business, "of_ticket": ticket_id}
        return {
            row.job_id: (int(row.priced_minor), number_text(Letter.SALE, row.number))
            for row in self._connection.execute(_CHARGED, keys)
        }

    def beside_devices(self, ticket_id: int) -> int:
        """What sales asked for in words about a ticket, beside its devices: storage."""
        keys = {"business": self._business, "of_ticket": ticket_id}
        return int(self._connection.execute(_CHARGED_BESIDE, keys).scalar_one())

    def deposits_of(self, *, ticket_id: int | None = None, booking_id: int | None = None) -> list[str]:
        """The sales that took a deposit for a ticket or booking, the newest first."""
        bound = order_line.c.ticket_id == ticket_id if ticket_id else order_line.c.booking_id == booking_id
        wanted = _charged("deposit", bound, sale_order.c.number).order_by(sale_order.c.number.desc())
        rows = self._connection.execute(wanted, {"business": self._business}).scalars()
        return [number_text(Letter.SALE, number) for number in dict.fromkeys(rows)]

    def priced_tickets(self, customer_id: int) -> list[str]:
        """The tickets of a customer with a price on a device that is here, the oldest first."""
        keys = {"business": self._business, "of_customer": customer_id}
        rows = self._connection.execute(_PRICED, keys)
        return [number_text(Letter.TICKET, row.number) for row in rows]

    def of_booking(self, booking_id: int) -> tuple[int, str]:
        """What sales asked for a booking so far, and the last of them ("" for none)."""
        keys = {"business": self._business, "of_booking": booking_id}
        row = self._connection.execute(_CHARGED_BOOKING, keys).one()
        return int(row.priced_minor), number_text(Letter.SALE, row.number) if row.number else ""

    def paid_by(self, order_id: int) -> dict[Tender, int]:
        """What each tender paid for a sale, less what refunds gave back by it."""
        keys = {"business": self._business, "of_order": order_id}
        rows = self._connection.execute(_PAID_BY, keys)
        return {Tender(row.tender): int(row.amount_minor) for row in rows if row.amount_minor}
