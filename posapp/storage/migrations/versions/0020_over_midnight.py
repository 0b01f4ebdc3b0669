"""Hours may end after midnight; a ticket keeps what was signed at the intake."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"

_WEEK = "starts >= 0 AND starts <= 1439 AND starts < ends AND ends <= starts + 1440"
_DAY = (
    "(opens IS NULL AND closes IS NULL) "
    "OR (opens >= 0 AND opens <= 1439 AND opens < closes AND closes <= opens + 1440)"
)
_COLUMNS = {
    "working_hours": f"""
    weekday INTEGER NOT NULL,
    kind TEXT NOT NULL,
    starts INTEGER NOT NULL,
    ends INTEGER NOT NULL,
    label TEXT DEFAULT '' NOT NULL,
    CONSTRAINT ck_working_hours_weekday CHECK (weekday BETWEEN 0 AND 6),
    CONSTRAINT ck_working_hours_kind CHECK (kind IN ('open', 'break')),
    CONSTRAINT ck_working_hours_span CHECK ({_WEEK}),""",
    "day_exception": f"""
    day INTEGER NOT NULL,
    opens INTEGER,
    closes INTEGER,
    reason TEXT DEFAULT '' NOT NULL,
    CONSTRAINT ck_day_exception_span CHECK ({_DAY}),""",
}
_NAMES = {
    "working_hours": "id, business_id, resource_id, weekday, kind, starts, ends, label",
    "day_exception": "id, business_id, resource_id, day, opens, closes, reason",
}
_INDEXES = {
    "working_hours": ("ix_working_hours_business_id", "working_hours", ["business_id"]),
    "day_exception": ("ix_day_exception_business_id_day", "day_exception", ["business_id", "day"]),
}


def upgrade() -> None:
    """Widen both checks, add the column."""
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for table, check in (("working_hours", _WEEK), ("day_exception", _DAY)):
        if is_sqlite:
            _make_anew(table)
        else:
            op.drop_constraint(f"ck_{table}_span", table)
            op.create_check_constraint(op.f(f"ck_{table}_span"), table, check)
    op.add_column("ticket", sa.Column("signature_hash", sa.Text(), server_default="", nullable=False))


def _make_anew(table: str) -> None:
    """SQLite takes no other check: there the table is made anew."""
    op.execute(f"""
CREATE TABLE new_{table} (
    id INTEGER NOT NULL,
    business_id INTEGER NOT NULL,
    resource_id INTEGER,{_COLUMNS[table]}
    CONSTRAINT pk_{table} PRIMARY KEY (id),
    CONSTRAINT fk_{table}_business_id FOREIGN KEY(business_id) REFERENCES business (id) ON DELETE RESTRICT,
    CONSTRAINT fk_{table}_resource_id FOREIGN KEY(resource_id) REFERENCES resource (id) ON DELETE RESTRICT
)
""")
    op.execute(f"INSERT INTO new_{table} SELECT {_NAMES[table]} FROM {table}")
    op.execute(f"DROP TABLE {table}")
    op.execute(f"ALTER TABLE new_{table} RENAME TO {table}")
    op.create_index(*_INDEXES[table])
