"""Who is called the former owner of a number, after one that never was somebody's is taken off again."""

import json

from sqlalchemy import and_, select

from posapp.domain.base.actions import Action
from posapp.domain.customers.customers import PhoneLine
from posapp.storage.base.quick import beside
from posapp.storage.base.repository import Repository
from posapp.storage.base.tables import journal
from posapp.storage.customers.tables import phone


class FormerMarks(Repository):
    """The marks "former" of one business."""

    def give_back(self, mistaken: PhoneLine) -> None:
        """Whoever really had a number before a line that was a mistake is its former owner again."""
        earlier = (
            select(phone.c.id, phone.c.customer_id)
            .where(
                and_(
                    phone.c.business_id == self._business,
                    phone.c.reversed == mistaken.number.reversed_digits,
                    phone.c.key == mistaken.number.key,
                    phone.c.id < mistaken.id,
                )
            )
            .order_by(phone.c.id.desc())
        )
        for row in self._connection.execute(earlier).all():
            if row.id not in self._mistaken(row.customer_id):
                self._change(phone, row.id, {"is_former": True})
                return

    def _mistaken(self, customer_id: int) -> set[int]:
        """The lines of a customer that never were theirs, by the journal."""
        told = select(journal.c.body).where(
            and_(
                beside(journal.c.business_id) == self._business,
                journal.c.subject == "customer",
                journal.c.subject_id == customer_id,
                journal.c.action == Action.PHONE_ENDED,
            )
        )
        bodies = map(json.loads, self._connection.execute(told).scalars())
        return {body["after"].get("mistaken_line") for body in bodies} - {None}
