"""The tables of the shop: businesses, services, benches and people, hours, settings.

The conventions are those of `storage.base.tables`.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from posapp.storage.base.tables import (
    business_column,
    id_column,
    metadata,
    ref_column,
    says,
    stamp_columns,
    unique_where,
)

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
    Column(
        "prices_include_tax", Boolean(create_constraint=False), nullable=False, server_default=text("true")
    ),
    Column("tax_rounding", Text, nullable=False, server_default="line"),
    Column("cash_rounding_minor", BigInteger, nullable=False, server_default="0"),
    Column("account_limit_minor", BigInteger, nullable=False, server_default="0"),
    Column("payment_name", Text, nullable=False, server_default=""),
    Column("payment_iban", Text, nullable=False, server_default=""),
    Column("payment_bic", Text, nullable=False, server_default=""),
    Column("payment_upi", Text, nullable=False, server_default=""),
    Column("payment_pix", Text, nullable=False, server_default=""),
    Column("payment_promptpay", Text, nullable=False, server_default=""),
    Column("payment_street", Text, nullable=False, server_default=""),
    Column("payment_house", Text, nullable=False, server_default=""),
    Column("payment_postcode", Text, nullable=False, server_default=""),
    Column("payment_city", Text, nullable=False, server_default=""),
    *stamp_columns(),
    UniqueConstraint(
        "name", info=says("business_exists", "There is already a business with this name.", "name")
    ),
    CheckConstraint("length(name) > 0", name="name"),
    CheckConstraint("cutover_minutes BETWEEN 0 AND 719", name="cutover"),
    CheckConstraint("tax_rounding IN ('line', 'rate')", name="tax_rounding"),
    CheckConstraint("cash_rounding_minor BETWEEN 0 AND 1000000", name="cash_rounding_minor"),
    CheckConstraint("account_limit_minor >= 0", name="account_limit_minor"),
)

picture = Table(
    "picture",
    metadata,
    business_column(is_key=True),
    Column("hash", Text, primary_key=True),
    Column("png", LargeBinary, nullable=False),
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
    unique_where(
        "uq_service_name",
        "business_id",
        "name",
        where="archived_at IS NULL",
        refused=("service_exists", "There is already a service with this name.", "name"),
    ),
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
    unique_where(
        "uq_resource_name",
        "business_id",
        "name",
        where="archived_at IS NULL",
        refused=("resource_exists", "There is already a person or bench with this name.", "name"),
    ),
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
    # Minutes of the day it begins on; what crosses midnight ends beyond 1440.
    CheckConstraint(
        "starts >= 0 AND starts <= 1439 AND starts < ends AND ends <= starts + 1440", name="span"
    ),
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
        "(opens IS NULL AND closes IS NULL) "
        "OR (opens >= 0 AND opens <= 1439 AND opens < closes AND closes <= opens + 1440)",
        name="span",
    ),
    Index("ix_day_exception_business_id_day", "business_id", "day"),
)

setting = Table(
    "setting",
    metadata,
    business_column(is_key=True),
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)
