"""Who became a customer on some days, and what customers owe now."""

from sqlalchemy import BigInteger, and_, bindparam, cast, func, select

from posapp.storage.base.quick import Hot
from posapp.storage.base.repository import Repository
from posapp.storage.figures.tables import customer_figure

_NEW = Hot(
    select(func.count())
    .select_from(customer_figure)
    .where(
        and_(
            customer_figure.c.business_id == bindparam("business"),
            customer_figure.c.created_at >= bindparam("begin"),
            customer_figure.c.created_at < bindparam("end"),
        )
    )
)
_OWED = Hot(
    select(cast(func.coalesce(func.sum(customer_figure.c.balance_minor), 0), BigInteger)).where(
        and_(
            customer_figure.c.business_id == bindparam("business"),
            customer_figure.c.balance_minor > 0,
        )
    )
)


class Newcomers(Repository):
    """Counts the customers of one business."""

    def between(self, begin: int, end: int) -> int:
        """How many became customers from one moment on and before another, in microseconds."""
        keys = {"business": self._business, "begin": begin, "end": end}
        return int(self._connection.execute(_NEW, keys).scalar_one())

    def owed(self) -> int:
        """What all customers who owe something owe together."""
        return int(self._connection.execute(_OWED, {"business": self._business}).scalar_one())
