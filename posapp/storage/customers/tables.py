"""The tables of customers: phones, contacts, former PL IDs, what they agreed to.

The conventions are those of `storage.base.tables`.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Index,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from posapp.storage.base.sql_extras import POSTGRES_WORDS
from posapp.storage.base.tables import (
    business_column,
    flag_column,
    id_column,
    index_where,
    metadata,
    on_postgres,
    ref_column,
    says,
    stamp_columns,
    unique_where,
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
    # The terms on which the customer buys.
    ref_column("price_level_id", "price_level.id", nullable=True),
    Column("tax_exempt_reason", Text, nullable=False, server_default=""),
    Column("tax_number", Text, nullable=False, server_default=""),
    Column("account_limit_minor", BigInteger),
    *stamp_columns(),
    # Since then the person is forgotten; the PL ID, the books and the journal stay.
    Column("erased_at", BigInteger),
    CheckConstraint("pl_number BETWEEN 1 AND 999999999", name="pl_number"),
    CheckConstraint("account_limit_minor >= 0", name="account_limit_minor"),
    Index(
        "uq_customer_pl_number",
        "business_id",
        "pl_number",
        unique=True,
        info=says("pl_taken", "This PL ID is already in use.", None),
    ),
    index_where("ix_customer_merged_into", "merged_into", where="merged_into IS NOT NULL"),
    index_where("ix_customer_erased", "business_id", where="erased_at IS NOT NULL"),
    # text_pattern_ops: PostgreSQL answers a prefix from it whatever its collation; SQLite compares bytes.
    Index(
        "ix_customer_name_fold",
        "business_id",
        "name_fold",
        info=on_postgres(ops={"name_fold": "text_pattern_ops"}),
    ),
    Index(
        "ix_customer_email",
        "business_id",
        "email",
        sqlite_where=text("email <> ''"),
        info=on_postgres(ops={"email": "text_pattern_ops"}, where="email <> ''"),
    ),
    Index("ix_customer_words", text(POSTGRES_WORDS), info=on_postgres(using="gin")).ddl_if(
        dialect="postgresql"
    ),
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
    # The heart of the house. Only current numbers are unique; ended ones are history.
    unique_where(
        "uq_phone_key",
        "business_id",
        "key",
        where="ended_at IS NULL",
        refused=("phone_taken", "This number already belongs to a customer.", "phone"),
    ),
    unique_where("uq_phone_primary", "customer_id", where="is_primary AND ended_at IS NULL"),
    Index(
        "ix_phone_reversed", "business_id", "reversed", info=on_postgres(ops={"reversed": "text_pattern_ops"})
    ),
    Index("ix_phone_leading", "business_id", "key", info=on_postgres(ops={"key": "text_pattern_ops"})).ddl_if(
        dialect="postgresql"
    ),
    Index(
        "ix_phone_former",
        "business_id",
        "key",
        sqlite_where=text("is_former"),
        info=on_postgres(ops={"key": "text_pattern_ops"}, where="is_former"),
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

# Addresses besides the one that stands on the record; in the order in which they came.
further_email = Table(
    "further_email",
    metadata,
    id_column(),
    business_column(),
    ref_column("customer_id", "customer.id"),
    Column("email", Text, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    CheckConstraint("length(email) > 0", name="email"),
    Index("uq_further_email_email", "customer_id", "email", unique=True),
    Index(
        "ix_further_email_email",
        "business_id",
        "email",
        info=on_postgres(ops={"email": "text_pattern_ops"}),
    ),
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

# Answers stay as they were given (`guards`): the newest of a kind holds.
consent = Table(
    "consent",
    metadata,
    id_column(),
    business_column(),
    ref_column("customer_id", "customer.id"),
    Column("kind", Text, nullable=False),
    Column("is_given", Boolean(create_constraint=False), nullable=False),
    Column("words", Text, nullable=False, server_default=""),
    Column("created_at", BigInteger, nullable=False),
    Column("created_by", Text, nullable=False),
    CheckConstraint("kind IN ('messages', 'marketing', 'photos', 'keep_data')", name="kind"),
    Index("ix_consent_customer_id", "customer_id"),
)
