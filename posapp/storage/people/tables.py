"""The tables of users, and of what a window gives its own children to act for its user.

The conventions are those of `storage.base.tables`.
"""

from sqlalchemy import BigInteger, CheckConstraint, Column, Index, Integer, Table, Text

from posapp.storage.base.tables import (
    business_column,
    id_column,
    metadata,
    ref_column,
    says,
    stamp_columns,
    unique_where,
)

user_account = Table(
    "user_account",
    metadata,
    id_column(),
    business_column(),
    Column("name", Text, nullable=False),
    Column("name_fold", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("phone_key", Text),
    Column("phone_extension", Text, nullable=False, server_default=""),
    Column("phone_mark", Text),
    Column("phone_typed", Text, nullable=False, server_default=""),
    Column("email", Text, nullable=False, server_default=""),
    ref_column("customer_id", "customer.id", nullable=True),
    # In millionths; empty: what the role may.
    Column("discount_limit", Integer),
    # Argon2id of PIN and password, SHA-256 of the badge's code, which is long and by chance.
    Column("pin_hash", Text, nullable=False, server_default=""),
    Column("password_hash", Text, nullable=False, server_default=""),
    Column("badge_hash", Text, nullable=False, server_default=""),
    # Wrong tries in a row, and the moment of the last one; none of this is a change of the record.
    Column("failures", Integer, nullable=False, server_default="0"),
    Column("failed_at", BigInteger),
    Column("last_in_at", BigInteger),
    Column("last_in_till", Text, nullable=False, server_default=""),
    Column("disabled_at", BigInteger),
    *stamp_columns(),
    CheckConstraint("length(name) > 0", name="name"),
    CheckConstraint("role IN ('admin', 'manager', 'staff', 'technician', 'customer')", name="role"),
    CheckConstraint("phone_mark IN ('possible', 'local')", name="phone_mark"),
    CheckConstraint("discount_limit BETWEEN 0 AND 1000000", name="discount_limit"),
    CheckConstraint("failures >= 0", name="failures"),
    Index(
        "uq_user_account_name",
        "business_id",
        "name_fold",
        unique=True,
        info=says("user_exists", "There is already a user with this name.", "name"),
    ),
    unique_where(
        "uq_user_account_phone",
        "business_id",
        "phone_key",
        where="phone_key IS NOT NULL",
        refused=("user_phone_taken", "Another user has this phone number.", "phone"),
    ),
    unique_where(
        "uq_user_account_email",
        "business_id",
        "email",
        where="email <> ''",
        refused=("user_email_taken", "Another user has this e-mail address.", "email"),
    ),
    unique_where(
        "uq_user_account_customer",
        "customer_id",
        where="customer_id IS NOT NULL",
        refused=("customer_of_other_user", "This customer belongs to another user.", "phone"),
    ),
    unique_where("uq_user_account_badge", "badge_hash", where="badge_hash <> ''"),
)

# One use each, for a program that a window starts: it acts for the user of the window without asking again.
user_pass = Table(
    "user_pass",
    metadata,
    id_column(),
    business_column(),
    ref_column("user_id", "user_account.id"),
    Column("token_hash", Text, nullable=False),
    Column("expires_at", BigInteger, nullable=False),
    Index("uq_user_pass_token_hash", "token_hash", unique=True),
    Index("ix_user_pass_user_id", "user_id"),
)
