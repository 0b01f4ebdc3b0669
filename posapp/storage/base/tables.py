"""What all tables are made of, for SQLite and PostgreSQL alike, and those of counters, journal and identity.

Conventions: times are whole microseconds since 1970 in UTC (`*_at`), days are integers such as 20261121,
minutes of a day are integers, money is whole minor units. Every constraint has a name, because the
desks word a refusal by it. Rules that SQL can express stand here; the rest is kept inside the writing
transaction and recomputed by `posapp verify`.

Every record names its business. On PostgreSQL a reference carries it along, so that the server refuses a
record that points into another business; the unique (business_id, key) that this needs would make a SQLite
file a tenth larger, so there the repositories refuse (`repository`) and `verify` looks (`verify_references`).
"""

from functools import cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    text,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

Refused = tuple[str, str, str | None]
"""Code, sentence and field of a refusal."""

# SQLite gives a rowid (and so "newest first" for free) only to a column that is exactly INTEGER.
Key = BigInteger().with_variant(Integer, "sqlite")


def id_column() -> Column[int]:
    """The key of a record."""
    return Column("id", Key, primary_key=True, autoincrement=True)


def ref_column(name: str, target: str, *, nullable: bool = False) -> Column[int]:
    """A reference that must exist and that keeps what it points at from being deleted."""
    return Column(name, Key, ForeignKey(target, ondelete="RESTRICT"), nullable=nullable)


def business_column(*, is_key: bool = False) -> Column[int]:
    """Whose a record is."""
    target = ForeignKey("business.id", ondelete="RESTRICT")
    return Column("business_id", Key, target, primary_key=is_key, autoincrement=False, nullable=False)


@cache
def references(table: Table) -> dict[str, Table]:
    """The columns of a record that point at another record of the same business, with the table of that."""
    return {
        key.parent.name: key.column.table
        for key in sorted(table.foreign_keys, key=lambda each: each.parent.name)
        if key.constraint is not None
        and len(key.constraint.elements) == 1
        and "business_id" in table.c
        and "business_id" in key.column.table.c
    }


def keep_in_business(table: Table) -> None:
    """On PostgreSQL: let a key be found together with its business, and references carry the business."""
    if "business_id" not in table.c or table.c.business_id.nullable:
        return
    if not table.c.business_id.primary_key:
        whole = Index(f"uq_{table.name}_record", table.c.business_id, *table.primary_key.columns, unique=True)
        whole.ddl_if(dialect="postgresql")
    for key in sorted(table.foreign_keys, key=lambda each: each.parent.name):
        parent = references(table).get(key.parent.name)
        if parent is not None and key.constraint is not None:
            key.constraint.ddl_if(dialect="sqlite")
            whole_key = ForeignKeyConstraint(
                ["business_id", key.parent.name],
                [parent.c.business_id, key.column],
                name=f"fk_{table.name}_{key.parent.name}",
                ondelete="RESTRICT",
                use_alter=parent is table,  # once the index of the key is there
            )
            whole_key.ddl_if(dialect="postgresql")
            table.append_constraint(whole_key)


def stamp_columns() -> list[Column[int] | Column[str]]:
    """Who made a record and when, who changed it last; `version` counts the changes."""
    return [
        Column("created_at", BigInteger, nullable=False),
        Column("created_by", Text, nullable=False),
        Column("updated_at", BigInteger, nullable=False),
        Column("updated_by", Text, nullable=False),
        Column("version", Integer, nullable=False, server_default="1"),
    ]


def flag_column(name: str) -> Column[bool]:
    """A yes or no that starts as no."""
    return Column(name, Boolean(create_constraint=False), nullable=False, server_default=text("false"))


def unique_where(name: str, *columns: str, where: str, refused: Refused | None = None) -> Index:
    """An index that keeps values unique among those rows only for which `where` holds."""
    info = says(*refused) if refused else {}
    return Index(name, *columns, unique=True, sqlite_where=text(where), info=info | on_postgres(where=where))


def says(code: str, sentence: str, field: str | None) -> dict[str, Refused]:
    """`info` of a rule: what a clerk is told when the database refuses by it (`faults.refusal_of`)."""
    return {"refused": (code, sentence, field)}


def index_where(name: str, *columns: str, where: str) -> Index:
    """An index of only those rows for which `where` holds."""
    return Index(name, *columns, sqlite_where=text(where), info=on_postgres(where=where))


_POSTGRES = "postgresql"


def on_postgres(*, where: str = "", ops: dict[str, str] | None = None, using: str = "") -> dict[str, Any]:
    """`info` of an index: what it is besides on PostgreSQL.

    Named as options of the index these would load that dialect (a tenth of the start) for every SQLite shop.
    """
    options = {"where": where, "ops": ops, "using": using}
    return {_POSTGRES: {name: option for name, option in options.items() if option}}


def take_postgres_options(index: Index) -> None:
    """Give an index its options, once its schema is to be made or compared."""
    for name, option in index.info.get(_POSTGRES, {}).items():
        index.dialect_options[_POSTGRES][name] = text(option) if name == "where" else option


counter = Table(
    "counter",
    metadata,
    business_column(is_key=True),
    Column("name", Text, primary_key=True),
    Column("last", BigInteger, nullable=False, server_default="0"),
    CheckConstraint("name IN ('PL', 'B', 'T', 'S', 'P', 'Z', 'G', 'H')", name="name"),
    CheckConstraint("last >= 0", name="last"),
)

# One chain per business, and one (business 0) for what belongs to none: entries count from 1 in each. No
# foreign key leads to the business, because 0 is none. Without a rowid the composite key costs no index.
journal = Table(
    "journal",
    metadata,
    Column("business_id", Key, primary_key=True, autoincrement=False),
    Column("id", Key, primary_key=True, autoincrement=False),
    Column("at", BigInteger, nullable=False),
    Column("till", Text, nullable=False),
    Column("person", Text),
    Column("action", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("subject_id", Key, nullable=False, server_default="0"),
    Column("body", Text, nullable=False),
    Column("hash", Text, nullable=False),
    CheckConstraint("business_id >= 0 AND id > 0", name="keys"),
    Index("ix_journal_subject", "business_id", "subject", "subject_id", "at", "id"),
    sqlite_with_rowid=False,
)

journal_personal = Table(
    "journal_personal",
    metadata,
    Column("business_id", Key, primary_key=True, autoincrement=False),
    Column("journal_id", Key, primary_key=True, autoincrement=False),
    Column("salt", Text, nullable=False),
    Column("body", Text, nullable=False),
    ForeignKeyConstraint(
        ["business_id", "journal_id"],
        ["journal.business_id", "journal.id"],
        name="fk_journal_personal_journal_id",
        ondelete="RESTRICT",
    ),
    sqlite_with_rowid=False,
)

# The end of each chain. Its row is locked by whoever writes into that chain, so that shops never wait for
# each other; the row of a business is made with it.
journal_head = Table(
    "journal_head",
    metadata,
    Column("business_id", Key, primary_key=True, autoincrement=False),
    Column("last_id", Key, nullable=False),
    Column("hash", Text, nullable=False),
    # The last business day whose first paper carries the head of that moment.
    Column("sealed_day", Integer, nullable=False, server_default="0"),
    CheckConstraint("business_id >= 0 AND last_id >= 0", name="keys"),
)

# One row: what tells this database from every other one. A copy, and so a backup, carries the same code.
identity = Table(
    "identity",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("code", Text, nullable=False),
    CheckConstraint("id = 1", name="single"),
    CheckConstraint("length(code) = 32", name="code"),
)
