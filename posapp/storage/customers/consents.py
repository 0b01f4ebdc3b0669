"""What customers agreed to, answer by answer."""

from collections.abc import Sequence

from sqlalchemy import and_, bindparam, select

from posapp.domain.base.clock import from_us
from posapp.domain.customers.consents import Consent, ConsentKind
from posapp.storage.base.quick import Several, beside
from posapp.storage.base.repository import Repository
from posapp.storage.customers.tables import consent

_OF_CUSTOMER = (
    select(consent)
    .where(
        and_(
            beside(consent.c.business_id) == bindparam("business"),
            consent.c.customer_id == bindparam("of_customer"),
        )
    )
    .order_by(consent.c.id)
)
_ANSWERS = Several(
    lambda keys: (
        select(consent.c.customer_id, consent.c.is_given)
        .where(
            and_(
                beside(consent.c.business_id) == bindparam("business"),
                consent.c.kind == bindparam("kind"),
                consent.c.customer_id.in_(keys),
            )
        )
        .order_by(consent.c.id)
    ),
    tuple,
)


class Consents(Repository):
    """The consents of one business; none is ever changed or taken away."""

    def of_customer(self, customer_id: int) -> list[Consent]:
        """Every answer of a customer, the oldest first."""
        rows = self._connection.execute(
            _OF_CUSTOMER, {"business": self._business, "of_customer": customer_id}
        )
        return [
            Consent(
                row.id,
                ConsentKind(row.kind),
                bool(row.is_given),
                row.words,
                from_us(row.created_at),
                row.created_by,
            )
            for row in rows
        ]

    def agreed(self, kind: ConsentKind, customers: Sequence[int]) -> set[int]:
        """Who of these customers said yes last."""
        values = {"business": self._business, "kind": kind.value}
        answers: list[tuple[int, bool]] = _ANSWERS.of(self._connection, customers, values)
        return {customer for customer, is_given in dict(answers).items() if is_given}

    def add(self, customer_id: int, kind: ConsentKind, words: str, *, is_given: bool) -> int:
        """Note an answer and return its key."""
        values = {
            "customer_id": customer_id,
            "kind": kind.value,
            "is_given": is_given,
            "words": words,
            "created_at": self._at,
            "created_by": self._by,
        }
        return self._add(consent, values)
