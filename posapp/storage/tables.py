"""The whole schema, for SQLite and PostgreSQL alike.

Conventions: times are whole microseconds since 1970 in UTC (`*_at`), days are integers such as 20261121,
minutes of a day are integers, money is whole minor units. Every constraint has a name, because the
desks word a refusal by it. Rules that SQL can express stand here; the rest is kept inside the writing
transaction and recomputed by `posapp verify`.

Every record names its business. On PostgreSQL a reference carries it along, so that the server refuses a
record that points into another business; the unique (business_id, key) that this needs would make a SQLite
file a tenth larger, so there the repositories refuse (`repository`) and `verify` looks (`verify_references`).
"""

from functools import cache

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from posapp.storage.sql_extras import POSTGRES_WORDS

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

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
    """C18: who made a record and when, who changed it last; `version` counts the changes."""
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


def unique_where(name: str, *columns: str, where: str) -> Index:
    """An index that keeps values unique among those rows only for which `where` holds."""
    return Index(name, *columns, unique=True, sqlite_where=text(where), postgresql_where=text(where))


def index_where(name: str, *columns: str, where: str) -> Index:
    """An index of only those rows for which `where` holds."""
    return Index(name, *columns, sqlite_where=text(where), postgresql_where=text(where))


business = Table(
    "business",
    metadata,
    id_column(),
    Column("name", Text, nullable=False),
    Column("region", Text, nullable=False),
    Column("currency", Text, nullable=False),
    Column("locale", Text, nullable=False),
    Column("time_zone", Text, nullable=False),
    Column("cutover_minutes", Integer, nullable=False, server_default="0"),
    Column("address", Text, nullable=False, server_default=""),
    Column("phone", Text, nullable=False, server_default=""),
    Column("email", Text, nullable=False, server_default=""),
    Column("website", Text, nullable=False, server_default=""),
    Column("tax_id", Text, nullable=False, server_default=""),
    Column("terms", Text, nullable=False, server_default=""),
    Column("logo", Text, nullable=False, server_default=""),
    *stamp_columns(),
    UniqueConstraint("name"),
    CheckConstraint("length(name) > 0", name="name"),
    CheckConstraint("cutover_minutes BETWEEN 0 AND 719", name="cutover"),
)

picture = Table(
    "picture",
    metadata,
    business_column(is_key=True),
    Column("hash", Text, primary_key=True),
    Column("png", LargeBinary, nullable=False),
)

counter = Table(
    "counter",
    metadata,
    business_column(is_key=True),
    Column("name", Text, primary_key=True),
    Column("last", BigInteger, nullable=False, server_default="0"),
    CheckConstraint("name IN ('PL', 'B', 'T', 'S', 'P', 'Z')", name="name"),
    CheckConstraint("last >= 0", name="last"),
)

customer = Table(
    "customer",
    metadata,
    id_column(),
    business_column(),
    Column("pl_number", BigInteger, nullable=False),
    Column("name", Text, nullable=False, server_default=""),
    # Folded for search; `more_words` holds the Latin spelling and the names of contacts, if any.
    Column("name_fold", Text, nullable=False, server_default=""),
    Column("more_words", Text),
    Column("email", Text, nullable=False, server_default=""),
    Column("address", Text, nullable=False, server_default=""),
    Column("note", Text, nullable=False, server_default=""),
    flag_column("is_flagged"),
    Column("no_phone_reason", Text),
    ref_column("merged_into", "customer.id", nullable=True),
    Column("archived_at", BigInteger),
    Column("last_visit_at", BigInteger),
    *stamp_columns(),
    CheckConstraint("pl_number BETWEEN 1 AND 999999999", name="pl_number"),
    Index("uq_customer_pl_number", "business_id", "pl_number", unique=True),
    # text_pattern_ops: PostgreSQL answers a prefix from it whatever its collation; SQLite compares bytes.
    Index(
        "ix_customer_name_fold", "business_id", "name_fold", postgresql_ops={"name_fold": "text_pattern_ops"}
    ),
    Index(
        "ix_customer_email",
        "business_id",
        "email",
        postgresql_ops={"email": "text_pattern_ops"},
        sqlite_where=text("email <> ''"),
        postgresql_where=text("email <> ''"),
    ),
    Index(
        "ix_customer_words",
        text(POSTGRES_WORDS),
        postgresql_using="gin",
    ).ddl_if(dialect="postgresql"),
)

phone = Table(
    "phone",
    metadata,
    id_column(),
    business_column(),
    ref_column("customer_id", "customer.id"),
    Column("key", Text, nullable=False),
    Column("reversed", Text, nullable=False),
    Column("extension", Text, nullable=False, server_default=""),
    Column("typed", Text, nullable=False, server_default=""),
    Column("mark", Text),
    Column("label", Text, nullable=False, server_default=""),
    flag_column("is_primary"),
    Column("started_at", BigInteger, nullable=False),
    Column("started_by", Text, nullable=False),
    Column("ended_at", BigInteger),
    Column("ended_by", Text),
    # True from the end of a number until somebody else takes it: then only the record of it remains.
    flag_column("is_former"),
    CheckConstraint("length(key) BETWEEN 3 AND 16", name="key"),
    CheckConstraint("mark IN ('possible', 'local')", name="mark"),
    # C1: the heart of the house. Only current numbers are unique; ended ones are history.
    unique_where("uq_phone_key", "business_id", "key", where="ended_at IS NULL"),
    unique_where("uq_phone_primary", "customer_id", where="is_primary AND ended_at IS NULL"),
    Index("ix_phone_reversed", "business_id", "reversed", postgresql_ops={"reversed": "text_pattern_ops"}),
    Index("ix_phone_leading", "business_id", "key", postgresql_ops={"key": "text_pattern_ops"}).ddl_if(
        dialect="postgresql"
    ),
    Index(
        "ix_phone_former",
        "business_id",
        "key",
        postgresql_ops={"key": "text_pattern_ops"},
        sqlite_where=text("is_former"),
        postgresql_where=text("is_former"),
    ),
    Index("ix_phone_customer_id", "customer_id"),
)

contact = Table(
    "contact",
    metadata,
    id_column(),
    business_column(),
    ref_column("customer_id", "customer.id"),
    Column("name", Text, nullable=False),
    Column("email", Text, nullable=False, server_default=""),
    Column("note", Text, nullable=False, server_default=""),
    Column("archived_at", BigInteger),
    *stamp_columns(),
    CheckConstraint("length(name) > 0", name="name"),
    Index("ix_contact_customer_id", "customer_id"),
)

alias = Table(
    "alias",
    metadata,
    id_column(),
    business_column(),
    ref_column("customer_id", "customer.id"),
    Column("code", Text, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    UniqueConstraint("business_id", "code"),
    Index("ix_alias_customer_id", "customer_id"),
)

service = Table(
    "service",
    metadata,
    id_column(),
    business_column(),
    Column("name", Text, nullable=False),
    Column("minutes", Integer, nullable=False),
    Column("price_minor", BigInteger),
    Column("position", Integer, nullable=False, server_default="0"),
    Column("archived_at", BigInteger),
    *stamp_columns(),
    CheckConstraint("minutes BETWEEN 5 AND 1440", name="minutes"),
    CheckConstraint("price_minor >= 0", name="price_minor"),
    unique_where("uq_service_name", "business_id", "name", where="archived_at IS NULL"),
)

resource = Table(
    "resource",
    metadata,
    id_column(),
    business_column(),
    Column("kind", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("capacity", Integer, nullable=False, server_default="1"),
    Column("buffer_minutes", Integer, nullable=False, server_default="0"),
    # The longest span one booking ever took here, in microseconds: how far back the overlap check must look.
    Column("longest_busy", BigInteger, nullable=False, server_default="0"),
    Column("position", Integer, nullable=False, server_default="0"),
    Column("archived_at", BigInteger),
    *stamp_columns(),
    CheckConstraint("kind IN ('staff', 'bench')", name="kind"),
    CheckConstraint("capacity BETWEEN 1 AND 100000", name="capacity"),
    CheckConstraint("buffer_minutes BETWEEN 0 AND 240", name="buffer"),
    unique_where("uq_resource_name", "business_id", "name", where="archived_at IS NULL"),
)

working_hours = Table(
    "working_hours",
    metadata,
    id_column(),
    business_column(),
    ref_column("resource_id", "resource.id", nullable=True),
    Column("weekday", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("starts", Integer, nullable=False),
    Column("ends", Integer, nullable=False),
    Column("label", Text, nullable=False, server_default=""),
    CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday"),
    CheckConstraint("kind IN ('open', 'break')", name="kind"),
    CheckConstraint("starts >= 0 AND starts < ends AND ends <= 1440", name="span"),
    Index("ix_working_hours_business_id", "business_id"),
)

day_exception = Table(
    "day_exception",
    metadata,
    id_column(),
    business_column(),
    ref_column("resource_id", "resource.id", nullable=True),
    Column("day", Integer, nullable=False),
    Column("opens", Integer),
    Column("closes", Integer),
    Column("reason", Text, nullable=False, server_default=""),
    CheckConstraint(
        "(opens IS NULL AND closes IS NULL) OR (opens >= 0 AND opens < closes AND closes <= 1440)",
        name="span",
    ),
    Index("ix_day_exception_business_id_day", "business_id", "day"),
)

booking = Table(
    "booking",
    metadata,
    id_column(),
    business_column(),
    Column("number", BigInteger, nullable=False),
    ref_column("customer_id", "customer.id"),
    ref_column("contact_id", "contact.id", nullable=True),
    ref_column("service_id", "service.id"),
    ref_column("resource_id", "resource.id"),
    Column("starts_at", BigInteger, nullable=False),
    Column("ends_at", BigInteger, nullable=False),
    # End plus the buffer of its person or bench: what the overlap check looks at.
    Column("busy_until", BigInteger, nullable=False),
    # Wall clock and zone win if the rules of a zone change (domain.md, rule 8).
    Column("wall_start", Text, nullable=False),
    Column("zone", Text, nullable=False),
    Column("minutes", Integer, nullable=False),
    Column("business_day", Integer, nullable=False),
    Column("status", Text, nullable=False),
    Column("reason", Text, nullable=False, server_default=""),
    Column("override_reason", Text),
    Column("price_minor", BigInteger),
    Column("note", Text, nullable=False, server_default=""),
    Column("source", Text, nullable=False),
    *stamp_columns(),
    CheckConstraint(
        "status IN ('booked', 'confirmed', 'arrived', 'in_service', 'done', 'no_show', 'cancelled')",
        name="status",
    ),
    CheckConstraint("source IN ('counter', 'kiosk', 'web', 'import', 'cli', 'demo')", name="source"),
    CheckConstraint("minutes BETWEEN 5 AND 1440", name="minutes"),
    CheckConstraint("starts_at < ends_at AND ends_at <= busy_until", name="span"),
    Index("uq_booking_number", "business_id", "number", unique=True),
    Index("ix_booking_resource_id_starts_at", "resource_id", "starts_at"),
    Index("ix_booking_customer_id_starts_at", "customer_id", "starts_at"),
)

document = Table(
    "document",
    metadata,
    id_column(),
    business_column(),
    Column("kind", Text, nullable=False),
    Column("number", Text, nullable=False),
    ref_column("customer_id", "customer.id", nullable=True),
    ref_column("booking_id", "booking.id", nullable=True),
    Column("snapshot", Text, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("created_by", Text, nullable=False),
    CheckConstraint("length(kind) > 0", name="kind"),
    Index("ix_document_number", "business_id", "number"),
    Index("ix_document_booking_id", "booking_id"),
)

print_job = Table(
    "print_job",
    metadata,
    id_column(),
    business_column(),
    ref_column("document_id", "document.id"),
    Column("copy", Integer, nullable=False),
    Column("paper", Text, nullable=False),
    Column("output", Text, nullable=False),
    Column("till", Text, nullable=False),
    Column("printer", Text, nullable=False, server_default=""),
    Column("state", Text, nullable=False),
    Column("problem", Text, nullable=False, server_default=""),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("created_at", BigInteger, nullable=False),
    Column("created_by", Text, nullable=False),
    Column("updated_at", BigInteger, nullable=False),
    UniqueConstraint("document_id", "copy"),
    CheckConstraint("copy >= 1", name="copy"),
    CheckConstraint("output IN ('print', 'pdf')", name="output"),
    CheckConstraint("state IN ('queued', 'done', 'failed', 'cancelled')", name="state"),
    index_where("ix_print_job_open", "till", where="state IN ('queued', 'failed')"),
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
