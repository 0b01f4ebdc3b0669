"""Times in each state, what left repaired, and totals of bookings and repairs."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables, and fill them from what happened until now."""
    from posapp.storage.figures.work_anew import write_anew

    _make_job_time()
    _make_job_figure()
    _make_work_total()
    _make_sold_total()
    if op.get_bind().dialect.name != "sqlite":
        op.create_index("uq_job_time_record", "job_time", ["business_id", "job_id", "number"], unique=True)
        op.create_index("uq_job_figure_record", "job_figure", ["business_id", "job_id"], unique=True)
    op.create_index("ix_ticket_business_day", "ticket", ["business_id", "business_day"])
    op.create_index("ix_booking_business_day", "booking", ["business_id", "business_day", "id"])
    write_anew(op.get_bind())


def _make_job_time() -> None:
    op.create_table(
        "job_time",
        sa.Column("business_id", _KEY, autoincrement=False, nullable=False),
        sa.Column("job_id", _KEY, autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("state_id", _KEY, nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("since_day", sa.Integer(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=True),
        sa.Column("until_day", sa.Integer(), nullable=True),
        sa.CheckConstraint("number > 0", name=op.f("ck_job_time_number")),
        sa.CheckConstraint("(until IS NULL) = (until_day IS NULL)", name=op.f("ck_job_time_until")),
        *_references("job_time", {"job_id": "job", "state_id": "ticket_state"}),
        sa.PrimaryKeyConstraint("job_id", "number", name=op.f("pk_job_time")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_job_time_until_day", "job_time", ["business_id", "until_day", "state_id", "since", "until"]
    )


def _make_job_figure() -> None:
    op.create_table(
        "job_figure",
        sa.Column("business_id", _KEY, autoincrement=False, nullable=False),
        sa.Column("job_id", _KEY, autoincrement=False, nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("technician_id", _KEY, nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column(
            "came_back", sa.Boolean(create_constraint=False), server_default=sa.text("false"), nullable=False
        ),
        *_references("job_figure", {"job_id": "job", "technician_id": "resource"}),
        sa.PrimaryKeyConstraint("job_id", name=op.f("pk_job_figure")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_job_figure_day", "job_figure", ["business_id", "day"])


def _make_work_total() -> None:
    op.create_table(
        "work_total",
        sa.Column("business_id", _KEY, autoincrement=False, nullable=False),
        sa.Column("business_day", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.CheckConstraint("what IN ('booking', 'handed', 'ready', 'back')", name=op.f("ck_work_total_what")),
        *_references("work_total", {}),
        sa.PrimaryKeyConstraint("business_id", "business_day", "what", "name", name=op.f("pk_work_total")),
        sqlite_with_rowid=False,
    )


def _make_sold_total() -> None:
    op.create_table(
        "sold_total",
        sa.Column("business_id", _KEY, autoincrement=False, nullable=False),
        sa.Column("business_day", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("gross_minor", sa.BigInteger(), nullable=False),
        sa.Column("net_minor", sa.BigInteger(), nullable=False),
        sa.Column("cost_minor", sa.BigInteger(), nullable=False),
        *_references("sold_total", {}),
        sa.PrimaryKeyConstraint("business_id", "business_day", "name", name=op.f("pk_sold_total")),
        sqlite_with_rowid=False,
    )


def _references(table: str, targets: dict[str, str]) -> list[sa.ForeignKeyConstraint]:
    """To the business, and to other records, on PostgreSQL together with the business."""
    found = [
        sa.ForeignKeyConstraint(
            ["business_id"], ["business.id"], name=op.f(f"fk_{table}_business_id"), ondelete="RESTRICT"
        )
    ]
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for column, target in targets.items():
        own, there = ([column], [f"{target}.id"])
        if not is_sqlite:
            own, there = (["business_id", column], [f"{target}.business_id", f"{target}.id"])
        found.append(
            sa.ForeignKeyConstraint(own, there, name=op.f(f"fk_{table}_{column}"), ondelete="RESTRICT")
        )
    return found
