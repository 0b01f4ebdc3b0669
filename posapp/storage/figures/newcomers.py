"""Who became a customer on some days, and what customers owe now."""

from sqlalchemy import BigInteger, and_, bindparam, cast, func, or_, select, text

from posapp.storage.base.quick import Hot
from posapp.storage.base.repository import Repository
from posapp.storage.base.rows import linked
from posapp.storage.base.shop_days import shop_day
from posapp.storage.customers.tables import customer
from posapp.storage.figures.tables import customer_figure
from posapp.storage.shop.tables import business

_CAME = and_(
    customer_figure.c.business_id == bindparam("business"),
    customer_figure.c.created_at >= bindparam("begin"),
    customer_figure.c.created_at < bindparam("end"),
)
_NEW = Hot(select(func.count()).select_from(customer_figure).where(_CAME))
_BY_DAY = Hot(
    select(
        shop_day(customer_figure.c.created_at, business.c.time_zone, business.c.cutover_minutes),
        func.count(),
    )
    .select_from(customer_figure.join(business, business.c.id == customer_figure.c.business_id))
    .where(_CAME)
    .group_by(text("1"))
    .order_by(text("1")),
    tuple,
)
_CREATED = Hot(
    select(customer_figure.c.created_at).where(
        and_(
            customer_figure.c.business_id == bindparam("business"),
            customer_figure.c.customer_id == bindparam("after"),
        )
    )
)
_BEHIND = Hot(
    select(customer.c.id, customer.c.pl_number, customer.c.name, customer_figure.c.created_at)
    .select_from(customer_figure.join(customer, linked(customer_figure.c.customer_id, customer)))
    .where(
        and_(
            _CAME,
            or_(
                customer_figure.c.created_at > bindparam("begin"),
                customer_figure.c.customer_id > bindparam("after"),
            ),
        )
    )
    .order_by(customer_figure.c.created_at, customer_figure.c.customer_id)
    .limit(bindparam("limit")),
    tuple,
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

    def by_day(self, begin: int, end: int) -> list[tuple[int, int]]:
        """The same by the shop's days (20261121)."""
        keys = {"business": self._business, "begin": begin, "end": end}
        found: list[tuple[int, int]] = self._connection.execute(_BY_DAY, keys).all()
        return found

    def behind(self, begin: int, end: int, after: int, limit: int) -> list[tuple[int, int, str, int]]:
        """The next of them: key, PL number, name, since when."""
        if after:
            own = {"business": self._business, "after": after}
            begin = max(begin, self._connection.execute(_CREATED, own).scalar() or begin)
        keys = {"business": self._business, "begin": begin, "end": end, "after": after, "limit": limit}
        found: list[tuple[int, int, str, int]] = self._connection.execute(_BEHIND, keys).all()
        return found

    def owed(self) -> int:
        """What all customers who owe something owe together."""
        return int(self._connection.execute(_OWED, {"business": self._business}).scalar_one())
