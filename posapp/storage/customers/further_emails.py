"""E-mail addresses of customers besides the one that stands on the record."""

from sqlalchemy import and_, bindparam, delete, select

from posapp.domain.customers.customers import FurtherEmail
from posapp.storage.base.quick import beside
from posapp.storage.base.repository import Repository
from posapp.storage.customers.tables import further_email

_OF_CUSTOMER = (
    select(further_email.c.id, further_email.c.email)
    .where(
        and_(
            beside(further_email.c.business_id) == bindparam("business"),
            further_email.c.customer_id == bindparam("of_customer"),
        )
    )
    .order_by(further_email.c.id)
)


class FurtherEmails(Repository):
    """The further addresses of one business."""

    def of_customer(self, customer_id: int) -> list[FurtherEmail]:
        """Those of a customer, in the order in which they came."""
        values = {"business": self._business, "of_customer": customer_id}
        return [FurtherEmail(row.id, row.email) for row in self._connection.execute(_OF_CUSTOMER, values)]

    def add(self, customer_id: int, email: str) -> int:
        """One more; the key of it."""
        values = {"customer_id": customer_id, "email": email, "created_at": self._at}
        return self._add(further_email, values)

    def remove(self, key: int) -> None:
        """Take one away."""
        here = and_(further_email.c.business_id == self._business, further_email.c.id == key)
        self._connection.execute(delete(further_email).where(here))
