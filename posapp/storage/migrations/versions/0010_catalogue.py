"""Taxes, codes and costs of items, what moved their stock, and how a shop prices.

Each shop gets the tax "No tax"; each item with a stock one opening move, since nothing tells what moved
it so far. The records are then counted in an entry of each chain: from here on `verify` knows them.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

from posapp.domain.base.clock import SystemClock, business_day, day_number, from_us, to_us
from posapp.domain.base.journal import canonical, chain_hash
from posapp.storage.base.records import count_records, watched_tables

revision = "0010"
down_revision = "0009"

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_BY = "posapp"
_ITEM = """
CREATE TABLE new_item (
    id INTEGER NOT NULL,
    business_id INTEGER NOT NULL,
    sku TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT DEFAULT 'part' NOT NULL,
    price_minor BIGINT DEFAULT '0' NOT NULL,
    entered_cost_minor BIGINT,
    average_minor BIGINT,
    tax_id INTEGER,
    keeps_stock BOOLEAN DEFAULT true NOT NULL,
    stock INTEGER DEFAULT '0' NOT NULL,
    reserved INTEGER DEFAULT '0' NOT NULL,
    reorder_level INTEGER DEFAULT '0' NOT NULL,
    archived_at BIGINT,
    created_at BIGINT NOT NULL,
    created_by TEXT NOT NULL,
    updated_at BIGINT NOT NULL,
    updated_by TEXT NOT NULL,
    version INTEGER DEFAULT '1' NOT NULL,
    CONSTRAINT pk_item PRIMARY KEY (id),
    CONSTRAINT fk_item_business_id FOREIGN KEY(business_id) REFERENCES business (id) ON DELETE RESTRICT,
    CONSTRAINT fk_item_tax_id FOREIGN KEY(tax_id) REFERENCES tax (id) ON DELETE RESTRICT,
    CONSTRAINT ck_item_price_minor CHECK (price_minor >= 0),
    CONSTRAINT ck_item_stock CHECK (stock >= 0),
    {checks}
)
"""
_ITEM_CHECKS = {
    "kind": "kind IN ('part', 'goods', 'service')",
    "cost": "entered_cost_minor >= 0 AND average_minor >= 0",
    "reserved": "reserved >= 0 AND (reserved = 0 OR reserved <= stock OR NOT keeps_stock)",
    "keeps_stock": "keeps_stock OR stock = 0",
    "service": "kind <> 'service' OR NOT keeps_stock",
}
_BUSINESS = (
    ("prices_include_tax", "BOOLEAN DEFAULT true NOT NULL", ""),
    ("tax_rounding", "TEXT DEFAULT 'line' NOT NULL", "tax_rounding IN ('line', 'rate')"),
    ("cash_rounding_minor", "BIGINT DEFAULT '0' NOT NULL", "cash_rounding_minor BETWEEN 0 AND 1000000"),
)
_MOVES = (
    "(kind IN ('opening', 'received', 'returned') AND quantity > 0) "
    "OR (kind IN ('sold', 'used', 'scrapped') AND quantity < 0) "
    "OR (kind = 'counted' AND quantity <> 0)"
)


def upgrade() -> None:
    """Make the tables, let items and shops grow, write what every shop begins with, count."""
    _make_taxes()
    _let_shops_price()
    _let_items_grow()
    _make_codes_and_moves()
    connection = op.get_bind()
    businesses = connection.execute(sa.text("SELECT * FROM business ORDER BY id")).mappings().all()
    if businesses:
        _begin_taxes(connection, businesses)
        _begin_moves(connection, businesses)
        _count(connection)


# -- tables --------------------------------------------------------------------------------------------
def _is_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def _of_business(name: str, **targets: str) -> list[Any]:
    """The key, the business, and references that stay within it where the server can see to that."""
    found: list[Any] = [
        sa.Column("id", _KEY, autoincrement=True, nullable=False),
        sa.Column("business_id", _KEY, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
        sa.ForeignKeyConstraint(
            ["business_id"], ["business.id"], name=op.f(f"fk_{name}_business_id"), ondelete="RESTRICT"
        ),
    ]
    for column, target in targets.items():
        own, other = ([column], [f"{target}.id"])
        if not _is_sqlite():
            own, other = ["business_id", column], [f"{target}.business_id", f"{target}.id"]
        found.append(sa.Column(column, _KEY, nullable=False))
        found.append(
            sa.ForeignKeyConstraint(own, other, name=op.f(f"fk_{name}_{column}"), ondelete="RESTRICT")
        )
    return found


def _check(table: str, name: str, words: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(words, name=op.f(f"ck_{table}_{name}"))


def _text(name: str, default: str | None = None) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), server_default=default, nullable=False)


def _made() -> list[Any]:
    return [sa.Column("created_at", sa.BigInteger(), nullable=False), _text("created_by")]


def _changed() -> list[Any]:
    return [
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        _text("updated_by"),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
    ]


def _make(name: str, *parts: Any) -> None:
    op.create_table(name, *parts)
    if not _is_sqlite():
        op.create_index(f"uq_{name}_record", name, ["business_id", "id"], unique=True)


def _unique_where(name: str, table: str, columns: list[str], where: str) -> None:
    here = sa.text(where)
    op.create_index(name, table, columns, unique=True, sqlite_where=here, postgresql_where=here)


def _make_taxes() -> None:
    _make(
        "tax",
        *_of_business("tax"),
        _text("name"),
        sa.Column("is_default", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("archived_at", sa.BigInteger()),
        *_made(),
        *_changed(),
        _check("tax", "name", "length(name) > 0"),
        _check("tax", "is_default", "archived_at IS NULL OR NOT is_default"),
    )
    _unique_where("uq_tax_name", "tax", ["business_id", "name"], "archived_at IS NULL")
    _unique_where("uq_tax_default", "tax", ["business_id"], "is_default")
    _make(
        "tax_rate",
        *_of_business("tax_rate", tax_id="tax"),
        sa.Column("starts_on", sa.Integer(), nullable=False),
        sa.Column("rate", sa.Integer(), nullable=False),
        *_made(),
        _check("tax_rate", "rate", "rate BETWEEN 0 AND 1000000"),
    )
    op.create_index("ix_tax_rate_tax_id", "tax_rate", ["tax_id", "starts_on"])
    _make(
        "tax_part",
        *_of_business("tax_part", rate_id="tax_rate"),
        _text("name"),
        sa.Column("rate", sa.Integer(), nullable=False),
        _check("tax_part", "name", "length(name) > 0"),
        _check("tax_part", "rate", "rate BETWEEN 0 AND 1000000"),
    )
    op.create_index("uq_tax_part_name", "tax_part", ["rate_id", "name"], unique=True)


def _make_codes_and_moves() -> None:
    _make(
        "item_barcode",
        *_of_business("item_barcode", item_id="item"),
        _text("code"),
        sa.Column("archived_at", sa.BigInteger()),
        _check("item_barcode", "code", "length(code) > 0"),
    )
    _unique_where("uq_item_barcode_code", "item_barcode", ["business_id", "code"], "archived_at IS NULL")
    op.create_index("ix_item_barcode_item_id", "item_barcode", ["item_id"])
    _make(
        "stock_move",
        *_of_business("stock_move", item_id="item"),
        _text("kind"),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("unit_cost_minor", sa.BigInteger()),
        _text("number", ""),
        _text("note", ""),
        sa.Column("business_day", sa.Integer(), nullable=False),
        *_made(),
        _check("stock_move", "unit_cost_minor", "unit_cost_minor >= 0"),
        _check("stock_move", "quantity", _MOVES),
    )
    op.create_index("ix_stock_move_item_id", "stock_move", ["item_id", "id"])


def _let_shops_price() -> None:
    for name, kind, check in _BUSINESS:
        rule = f" CONSTRAINT ck_business_{name} CHECK ({check})" if check else ""
        op.execute(f"ALTER TABLE business ADD COLUMN {name} {kind}{rule}")
    op.execute("UPDATE business SET prices_include_tax = false WHERE region IN ('US', 'CA', 'IN')")


def _let_items_grow() -> None:
    reserved = (
        "coalesce((SELECT sum(p.quantity) FROM part_use p "
        "WHERE p.item_id = item.id AND p.state = 'reserved'), 0)"
    )
    if not _is_sqlite():
        op.execute(
            "ALTER TABLE item DROP CONSTRAINT ck_item_kind, ADD COLUMN entered_cost_minor BIGINT, "
            "ADD COLUMN average_minor BIGINT, ADD COLUMN tax_id BIGINT, "
            "ADD COLUMN keeps_stock BOOLEAN DEFAULT true NOT NULL, "
            "ADD COLUMN reserved INTEGER DEFAULT '0' NOT NULL, "
            "ADD CONSTRAINT fk_item_tax_id FOREIGN KEY (business_id, tax_id) "
            "REFERENCES tax (business_id, id) ON DELETE RESTRICT"
        )
        op.execute(f"UPDATE item SET reserved = {reserved}")
        op.execute("SET CONSTRAINTS ALL IMMEDIATE")  # a table with checks still to come cannot be altered
        for name, words in _ITEM_CHECKS.items():
            op.execute(f"ALTER TABLE item ADD CONSTRAINT ck_item_{name} CHECK ({words})")
        return
    # SQLite changes a check by making the table anew: https://www.sqlite.org/lang_altertable.html, section 7.
    checks = ",\n    ".join(
        f"CONSTRAINT ck_item_{name} CHECK ({words})" for name, words in _ITEM_CHECKS.items()
    )
    kept = (
        "id, business_id, sku, name, kind, price_minor, stock, reorder_level, archived_at, "
        "created_at, created_by, updated_at, updated_by, version"
    )
    op.execute(_ITEM.format(checks=checks))
    op.execute(f"INSERT INTO new_item ({kept}, reserved) SELECT {kept}, {reserved} FROM item ORDER BY id")
    op.execute("DROP TABLE item")
    op.execute("ALTER TABLE new_item RENAME TO item")
    _unique_where("uq_item_sku", "item", ["business_id", "sku"], "archived_at IS NULL")


# -- records -------------------------------------------------------------------------------------------
def _begin_taxes(connection: sa.Connection, businesses: Any) -> None:
    """The tax that every shop has had since it was made: none."""
    for one in businesses:
        values = {"business": one["id"], "at": one["created_at"], "by": _BY}
        connection.execute(
            sa.text(
                "INSERT INTO tax (business_id, name, is_default, created_at, created_by, updated_at, "
                "updated_by) VALUES (:business, 'No tax', true, :at, :by, :at, :by)"
            ),
            values,
        )
        connection.execute(
            sa.text(
                "INSERT INTO tax_rate (business_id, tax_id, starts_on, rate, created_at, created_by) "
                "SELECT :business, id, 19700101, 0, :at, :by FROM tax WHERE business_id = :business"
            ),
            values,
        )


def _begin_moves(connection: sa.Connection, businesses: Any) -> None:
    """One move for each stock, of the moment when the item was last changed: since then it is what it is."""
    for one in businesses:
        asked = sa.text(
            "SELECT id, stock, updated_at FROM item WHERE business_id = :business AND stock <> 0 ORDER BY id"
        )
        moves = [
            {
                "business": one["id"],
                "item": row.id,
                "stock": row.stock,
                "day": day_number(
                    business_day(from_us(row.updated_at), one["time_zone"], one["cutover_minutes"])
                ),
                "at": row.updated_at,
                "by": _BY,
            }
            for row in connection.execute(asked, {"business": one["id"]})
        ]
        if moves:
            connection.execute(
                sa.text(
                    "INSERT INTO stock_move (business_id, item_id, kind, quantity, business_day, created_at, "
                    "created_by) VALUES (:business, :item, 'opening', :stock, :day, :at, :by)"
                ),
                moves,
            )


def _count(connection: sa.Connection) -> None:
    """Let the next entry of each chain count the records of its business as they are now."""
    found = sa.MetaData()
    found.reflect(connection, resolve_fks=False)
    counts = count_records(connection, watched_tables(found.tables), is_sqlite=_is_sqlite())
    at = to_us(SystemClock().now())
    for head in (
        connection.execute(sa.text("SELECT * FROM journal_head ORDER BY business_id")).mappings().all()
    ):
        business, number = head["business_id"], head["last_id"] + 1
        if business not in counts:
            continue
        body = canonical({"ref": "", "base": counts[business]})
        said: dict[str, Any] = {
            "at": at,
            "till": _BY,
            "person": None,
            "action": "journal.counted",
            "subject": "journal",
            "subject_id": 0,
            "body": body,
        }
        digest = chain_hash(head["hash"], business, number, *said.values())
        entry = {"business_id": business, "id": number, **said, "hash": digest}
        marks = ", ".join(f":{name}" for name in entry)
        connection.execute(sa.text(f"INSERT INTO journal ({', '.join(entry)}) VALUES ({marks})"), entry)
        connection.execute(
            sa.text("UPDATE journal_head SET last_id = :id, hash = :hash WHERE business_id = :business_id"),
            {name: entry[name] for name in ("id", "hash", "business_id")},
        )
