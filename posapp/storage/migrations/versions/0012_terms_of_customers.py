"""Price levels and the terms on which customers buy; items get codes, places and words; counts.

What is added is empty or follows from what stands there, so no record counts otherwise than before.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

from posapp.storage.base import sql_extras, sql_item_words, sql_words
from posapp.storage.catalogue.item_search import columns_of

revision = "0012"
down_revision = "0011"

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_PERCENT = "percent_off BETWEEN 0 AND 1000000"
_LIMIT = "account_limit_minor >= 0"
_QUICK = "quick_position >= 1 AND quick_position <= 12 AND archived_at IS NULL OR quick_position IS NULL"


def upgrade() -> None:
    """Make the tables, let customers and shops grow."""
    _make_price_levels()
    op.execute(
        "ALTER TABLE business ADD COLUMN account_limit_minor BIGINT DEFAULT '0' NOT NULL "
        f"CONSTRAINT ck_business_account_limit_minor CHECK ({_LIMIT})"
    )
    if _is_sqlite():
        _let_customers_grow_on_sqlite()
    else:
        _let_customers_grow_on_postgres()
    _let_items_grow()
    _make_counts()


def _is_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


# -- tables --------------------------------------------------------------------------------------------
def _text(name: str, default: str | None = None) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), server_default=default, nullable=False)


def _stamps() -> list[Any]:
    return [
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        _text("created_by"),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        _text("updated_by"),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
    ]


def _check(table: str, name: str, words: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(words, name=op.f(f"ck_{table}_{name}"))


def _make(name: str, *parts: Any, **targets: str) -> None:
    """A table of businesses; references stay within one where the server can see to that."""
    columns: list[Any] = [
        sa.Column("id", _KEY, autoincrement=True, nullable=False),
        sa.Column("business_id", _KEY, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
        sa.ForeignKeyConstraint(
            ["business_id"], ["business.id"], name=op.f(f"fk_{name}_business_id"), ondelete="RESTRICT"
        ),
    ]
    for column, target in targets.items():
        own, other = [column], [f"{target}.id"]
        if not _is_sqlite():
            own, other = ["business_id", column], [f"{target}.business_id", f"{target}.id"]
        named = op.f(f"fk_{name}_{column}")
        columns.append(sa.ForeignKeyConstraint(own, other, name=named, ondelete="RESTRICT"))
    op.create_table(name, *columns, *parts)
    if not _is_sqlite():
        op.create_index(f"uq_{name}_record", name, ["business_id", "id"], unique=True)


def _unique_where(name: str, table: str, columns: list[str], where: str) -> None:
    here = sa.text(where)
    op.create_index(name, table, columns, unique=True, sqlite_where=here, postgresql_where=here)


def _make_price_levels() -> None:
    _make(
        "price_level",
        _text("name"),
        sa.Column("percent_off", sa.Integer(), nullable=False),
        sa.Column("archived_at", sa.BigInteger()),
        *_stamps(),
        _check("price_level", "name", "length(name) > 0"),
        _check("price_level", "percent_off", _PERCENT),
    )
    _unique_where("uq_price_level_name", "price_level", ["business_id", "name"], "archived_at IS NULL")


# -- customers -----------------------------------------------------------------------------------------
def _let_customers_grow_on_postgres() -> None:
    op.execute(
        "ALTER TABLE customer ADD COLUMN price_level_id BIGINT, "
        "ADD COLUMN tax_exempt_reason TEXT DEFAULT '' NOT NULL, "
        "ADD COLUMN tax_number TEXT DEFAULT '' NOT NULL, "
        "ADD COLUMN account_limit_minor BIGINT, "
        f"ADD CONSTRAINT ck_customer_account_limit_minor CHECK ({_LIMIT}), "
        "ADD CONSTRAINT fk_customer_price_level_id FOREIGN KEY (business_id, price_level_id) "
        "REFERENCES price_level (business_id, id) ON DELETE RESTRICT"
    )


def _let_customers_grow_on_sqlite() -> None:
    """SQLite adds a reference with a name by making the table anew.

    https://www.sqlite.org/lang_altertable.html, section 7. The table of today is that of yesterday with a
    few more words; its indexes and triggers are made again as they were, and the index of words, which goes
    by keys, still fits.
    """
    connection = op.get_bind()
    asked = "SELECT sql FROM sqlite_master WHERE tbl_name = 'customer' AND type = :type AND sql IS NOT NULL"
    [made] = connection.execute(sa.text(asked), {"type": "table"}).scalars()
    indexes = connection.execute(sa.text(asked), {"type": "index"}).scalars().all()
    columns, first, rules = str(made).partition("CONSTRAINT ")
    names = [row[1] for row in connection.exec_driver_sql("PRAGMA table_info('customer')")]
    for name in (*sql_extras.SQLITE_SEARCH_TRIGGERS, *sql_words.JOB_WORDS_TRIGGERS):
        connection.exec_driver_sql(f"DROP TRIGGER {name}")
    connection.exec_driver_sql(
        f"CREATE TABLE new_customer {columns[columns.index('(') :]}"
        "price_level_id INTEGER, tax_exempt_reason TEXT DEFAULT '' NOT NULL, "
        "tax_number TEXT DEFAULT '' NOT NULL, account_limit_minor BIGINT, "
        f"CONSTRAINT ck_customer_account_limit_minor CHECK ({_LIMIT}), "
        "CONSTRAINT fk_customer_price_level_id FOREIGN KEY(price_level_id) REFERENCES price_level (id) "
        f"ON DELETE RESTRICT, {first}{rules}"
    )
    kept = ", ".join(names)
    connection.exec_driver_sql(f"INSERT INTO new_customer ({kept}) SELECT {kept} FROM customer ORDER BY id")
    connection.exec_driver_sql("DROP TABLE customer")
    connection.exec_driver_sql("ALTER TABLE new_customer RENAME TO customer")
    triggers = (*sql_extras.SQLITE_SEARCH_TRIGGERS.values(), *sql_words.JOB_WORDS_TRIGGERS.values())
    for statement in (*indexes, *triggers):
        connection.exec_driver_sql(statement)


# -- items ---------------------------------------------------------------------------------------------
def _let_items_grow() -> None:
    for name, kind in (
        ("sku_fold", "TEXT DEFAULT '' NOT NULL"),
        ("words", "TEXT DEFAULT '' NOT NULL"),
        ("commodity_code", "TEXT DEFAULT '' NOT NULL"),
        ("quick_position", f"INTEGER CONSTRAINT ck_item_quick_position CHECK ({_QUICK})"),
    ):
        op.execute(f"ALTER TABLE item ADD COLUMN {name} {kind}")
    connection = op.get_bind()
    rows = connection.execute(sa.text("SELECT id, name, sku FROM item ORDER BY id")).all()
    found = [{"key": row.id, **columns_of(row.name, row.sku)} for row in rows]
    if found:
        connection.execute(
            sa.text("UPDATE item SET sku_fold = :sku_fold, words = :words WHERE id = :key"), found
        )
    _unique_where(
        "uq_item_quick_position", "item", ["business_id", "quick_position"], "quick_position IS NOT NULL"
    )
    op.create_index("ix_item_name", "item", ["business_id", "name"])
    op.create_index(
        "ix_item_sku_fold",
        "item",
        ["business_id", "sku_fold"],
        postgresql_ops={"sku_fold": "text_pattern_ops"},
    )
    if not _is_sqlite():
        op.execute(f"CREATE INDEX ix_item_words ON item USING gin ({sql_item_words.POSTGRES_ITEM_WORDS})")
        return
    fill = (sql_item_words.ITEM_WORDS_TABLE, sql_item_words.ITEM_WORDS_FILL)
    for statement in (*fill, *sql_item_words.ITEM_WORDS_TRIGGERS.values()):
        connection.exec_driver_sql(statement)


# -- counts --------------------------------------------------------------------------------------------
def _made() -> list[Any]:
    return [sa.Column("created_at", sa.BigInteger(), nullable=False), _text("created_by")]


def _make_counts() -> None:
    _make(
        "stock_count",
        _text("note", ""),
        *_made(),
        sa.Column("closed_at", sa.BigInteger()),
        sa.Column("closed_by", sa.Text()),
        sa.Column("is_booked", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        _check("stock_count", "closed", "(closed_at IS NULL) = (closed_by IS NULL)"),
        _check("stock_count", "is_booked", "closed_at IS NOT NULL OR NOT is_booked"),
    )
    _unique_where("uq_stock_count_open", "stock_count", ["business_id"], "closed_at IS NULL")
    _make(
        "stock_count_line",
        sa.Column("count_id", _KEY, nullable=False),
        sa.Column("item_id", _KEY),
        _text("code"),
        sa.Column("pieces", sa.Integer(), nullable=False),
        sa.Column("stock", sa.Integer()),
        *_made(),
        _check("stock_count_line", "code", "length(code) > 0"),
        _check("stock_count_line", "pieces", "pieces <> 0"),
        _check("stock_count_line", "stock", "(item_id IS NULL) = (stock IS NULL)"),
        count_id="stock_count",
        item_id="item",
    )
    op.create_index("ix_stock_count_line_count_id", "stock_count_line", ["count_id"])
