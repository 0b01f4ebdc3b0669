"""Figures of each customer in a row of their own, in the orders in which customers are listed."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_COUNTS = ("bookings", "no_shows", "visits", "previous_visit_day", "tickets", "open_tickets", "devices_here")
_AMOUNTS = ("last_visit_at", "spent_minor", "balance_minor", "credit_minor")
_ORDER = (
    *("created_at", "has_phone", "bookings", "no_shows", "visits", "last_visit_at", "previous_visit_day"),
    *("tickets", "open_tickets", "devices_here", "spent_minor", "balance_minor", "credit_minor"),
)
_SORTED = ("created_at", "visits", "last_visit_at", "tickets", "spent_minor", "balance_minor")
_FILE_DAY = "posapp_shop_day({at}, s.time_zone, s.cutover_minutes)"
_SERVER_DAY = (
    "CAST(to_char(timezone(s.time_zone, timestamptz 'epoch' + {at} * interval '1 microsecond') "
    "- s.cutover_minutes * interval '1 minute', 'YYYYMMDD') AS integer)"
)
_CAME = "b.customer_id = c.id AND b.status IN ('arrived', 'in_service', 'done')"
_DONE = "o.customer_id = c.id AND o.status = 'completed'"
_HANDED = "job j JOIN ticket t ON t.id = j.ticket_id WHERE t.customer_id = c.id AND j.handed_at IS NOT NULL"
_HERE = "job j JOIN ticket t ON t.id = j.ticket_id WHERE t.customer_id = c.id AND j.is_here"
_SOLD = (
    "SELECT coalesce(sum(l.gross_minor), 0) FROM sale_order o JOIN order_line l ON l.order_id = o.id "
    f"WHERE {_DONE} AND l.kind NOT IN ('deposit', 'giftcard')"
)
_PAST = (
    "SELECT coalesce(sum(p.amount_minor), 0) FROM past_record p "
    "WHERE p.customer_id = c.id AND p.is_counted AND p.ticket_id IS NULL"
)
_LEDGER = "FROM ledger_entry e WHERE e.customer_id = c.id"


def upgrade() -> None:
    """Make the table, count everybody, then index what was counted."""
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    _make()
    op.execute(_filled(_FILE_DAY if is_sqlite else _SERVER_DAY))
    for name in _SORTED:
        columns = ["business_id", name, "customer_id"]
        columns += ["previous_visit_day"] if name == "last_visit_at" else []
        op.create_index(f"ix_customer_figure_{name}", "customer_figure", columns)
    for name, which in (("open", "open_tickets > 0"), ("phoneless", "NOT has_phone")):
        where: Any = {"sqlite_where": sa.text(which), "postgresql_where": sa.text(which)}
        op.create_index(
            f"ix_customer_figure_{name}", "customer_figure", ["business_id", "customer_id"], **where
        )


def _make() -> None:
    counts = {name: sa.Column(name, sa.Integer(), nullable=False) for name in _COUNTS}
    amounts = {name: sa.Column(name, sa.BigInteger(), nullable=False) for name in (*_AMOUNTS, "created_at")}
    flag: sa.Column[bool] = sa.Column(
        "has_phone", sa.Boolean(), nullable=False, server_default=sa.text("false")
    )
    columns: dict[str, Any] = {**counts, **amounts, "has_phone": flag}
    op.create_table(
        "customer_figure",
        sa.Column("business_id", _KEY, autoincrement=False, nullable=False),
        sa.Column("customer_id", _KEY, autoincrement=False, nullable=False),
        *(columns[name] for name in _ORDER),
        sa.ForeignKeyConstraint(
            ["business_id"],
            ["business.id"],
            name=op.f("fk_customer_figure_business_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("business_id", "customer_id", name=op.f("pk_customer_figure")),
        sqlite_with_rowid=False,
    )


def _filled(day: str) -> str:
    moments = (
        ("b.starts_at", day.format(at="b.starts_at"), f"booking b WHERE {_CAME}"),
        ("t.created_at", "t.business_day", "ticket t WHERE t.customer_id = c.id"),
        ("j.handed_at", day.format(at="j.handed_at"), _HANDED),
        ("o.completed_at", "o.business_day", f"sale_order o WHERE {_DONE}"),
    )
    at, days = (
        " UNION ALL ".join(f"SELECT {one[place]} AS at FROM {one[2]}" for one in moments) for place in (0, 1)
    )
    figures = {
        "created_at": "c.created_at",
        "has_phone": "EXISTS (SELECT 1 FROM phone p WHERE p.customer_id = c.id AND p.is_primary "
        "AND p.ended_at IS NULL)",
        "bookings": "(SELECT count(*) FROM booking b WHERE b.customer_id = c.id)",
        "no_shows": "(SELECT count(*) FROM booking b WHERE b.customer_id = c.id AND b.status = 'no_show')",
        "visits": f"(SELECT count(DISTINCT m.at) FROM ({days}) m)",
        "last_visit_at": f"(SELECT coalesce(max(m.at), 0) FROM ({at}) m)",
        "previous_visit_day": f"coalesce((SELECT DISTINCT m.at FROM ({days}) m ORDER BY m.at DESC "
        "LIMIT 1 OFFSET 1), 0)",
        "tickets": "(SELECT count(*) FROM ticket t WHERE t.customer_id = c.id)",
        "open_tickets": f"(SELECT count(DISTINCT t.id) FROM {_HERE})",
        "devices_here": f"(SELECT count(*) FROM {_HERE})",
        "spent_minor": f"({_SOLD}) + ({_PAST})",
        "balance_minor": f"(SELECT coalesce(sum(e.amount_minor), 0) {_LEDGER})",
        "credit_minor": f"(SELECT coalesce(-sum(e.amount_minor), 0) {_LEDGER} AND e.account <> 'debt')",
    }
    told = ", ".join(figures[name] for name in _ORDER)
    return (
        f"INSERT INTO customer_figure (business_id, customer_id, {', '.join(_ORDER)}) "
        f"SELECT c.business_id, c.id, {told} FROM customer c JOIN business s ON s.id = c.business_id "
        "WHERE c.merged_into IS NULL AND c.archived_at IS NULL ORDER BY c.business_id, c.id"
    )
