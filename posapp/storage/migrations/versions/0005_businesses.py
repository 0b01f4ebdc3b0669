"""Every record names its business, and a reference leads only to a record of the same one.

On PostgreSQL the server refuses a reference into another business: foreign keys carry the business. SQLite
cannot add a column that must be filled, so there the tables are made anew beside the old ones; the caller
has switched foreign keys off for it (https://www.sqlite.org/lang_altertable.html, section 7).
"""

import re

import sqlalchemy as sa
from alembic import op

_HASH = re.compile("[0-9a-f]{64}")

revision = "0005"
down_revision = "0004"

_OWNERS = {
    "contact": ("customer", "customer_id"),
    "print_job": ("document", "document_id"),
    "photo": ("job", "job_id"),
    "estimate": ("ticket", "ticket_id"),
    "estimate_line": ("job", "job_id"),
    "part_use": ("job", "job_id"),
    "warranty": ("job", "line_job_id"),
    "warranty_claim": ("job", "job_id"),
    "loan": ("ticket", "ticket_id"),
    "contact_log": ("ticket", "ticket_id"),
    "ticket_move": ("ticket_state", "from_id"),
}
"""The tables that named no business, and the record that says which one is theirs."""

_REFERENCES = {
    "customer": {
        "merged_into": "customer",
    },
    "alias": {
        "customer_id": "customer",
    },
    "contact": {
        "customer_id": "customer",
    },
    "day_exception": {
        "resource_id": "resource",
    },
    "phone": {
        "customer_id": "customer",
    },
    "ticket_move": {
        "from_id": "ticket_state",
        "to_id": "ticket_state",
    },
    "working_hours": {
        "resource_id": "resource",
    },
    "booking": {
        "contact_id": "contact",
        "customer_id": "customer",
        "resource_id": "resource",
        "service_id": "service",
    },
    "document": {
        "booking_id": "booking",
        "customer_id": "customer",
    },
    "ticket": {
        "booking_id": "booking",
        "contact_id": "contact",
        "customer_id": "customer",
    },
    "walk_in": {
        "booking_id": "booking",
        "customer_id": "customer",
        "service_id": "service",
    },
    "contact_log": {
        "customer_id": "customer",
        "ticket_id": "ticket",
    },
    "estimate": {
        "customer_id": "customer",
        "ticket_id": "ticket",
    },
    "job": {
        "device_id": "device",
        "shelf_id": "shelf",
        "state_id": "ticket_state",
        "technician_id": "resource",
        "ticket_id": "ticket",
    },
    "loan": {
        "loaner_id": "loaner",
        "ticket_id": "ticket",
    },
    "print_job": {
        "document_id": "document",
    },
    "estimate_line": {
        "estimate_id": "estimate",
        "item_id": "item",
        "job_id": "job",
    },
    "part_use": {
        "item_id": "item",
        "job_id": "job",
    },
    "photo": {
        "job_id": "job",
    },
    "warranty": {
        "device_id": "device",
        "line_job_id": "job",
    },
    "warranty_claim": {
        "job_id": "job",
        "warranty_id": "warranty",
    },
}
"""What points at what within a business."""

_KEYED = (
    "checklist",
    "customer",
    "device",
    "item",
    "loaner",
    "resource",
    "service",
    "shelf",
    "ticket_state",
    "alias",
    "contact",
    "day_exception",
    "phone",
    "working_hours",
    "booking",
    "document",
    "ticket",
    "walk_in",
    "contact_log",
    "estimate",
    "job",
    "loan",
    "print_job",
    "estimate_line",
    "part_use",
    "photo",
    "warranty",
    "warranty_claim",
)
"""The tables whose key is found together with its business."""

_ANEW = {
    "contact": """
CREATE TABLE new_contact (
    id INTEGER NOT NULL,
    business_id INTEGER NOT NULL,
    customer_id INTEGER NOT NULL,
    name TEXT NOT NULL,
    email TEXT DEFAULT '' NOT NULL,
    note TEXT DEFAULT '' NOT NULL,
    archived_at BIGINT,
    created_at BIGINT NOT NULL,
    created_by TEXT NOT NULL,
    updated_at BIGINT NOT NULL,
    updated_by TEXT NOT NULL,
    version INTEGER DEFAULT '1' NOT NULL,
    CONSTRAINT pk_contact PRIMARY KEY (id),
    CONSTRAINT ck_contact_name CHECK (length(name) > 0),
    CONSTRAINT fk_contact_business_id FOREIGN KEY(business_id) REFERENCES business (id) ON DELETE RESTRICT,
    CONSTRAINT fk_contact_customer_id FOREIGN KEY(customer_id) REFERENCES customer (id) ON DELETE RESTRICT
)
""",
    "print_job": """
CREATE TABLE new_print_job (
    id INTEGER NOT NULL,
    business_id INTEGER NOT NULL,
    document_id INTEGER NOT NULL,
    copy INTEGER NOT NULL,
    paper TEXT NOT NULL,
    output TEXT NOT NULL,
    till TEXT NOT NULL,
    printer TEXT DEFAULT '' NOT NULL,
    state TEXT NOT NULL,
    problem TEXT DEFAULT '' NOT NULL,
    attempts INTEGER DEFAULT '0' NOT NULL,
    created_at BIGINT NOT NULL,
    created_by TEXT NOT NULL,
    updated_at BIGINT NOT NULL,
    CONSTRAINT pk_print_job PRIMARY KEY (id),
    CONSTRAINT uq_print_job_document_id_copy UNIQUE (document_id, copy),
    CONSTRAINT ck_print_job_copy CHECK (copy >= 1),
    CONSTRAINT ck_print_job_output CHECK (output IN ('print', 'pdf')),
    CONSTRAINT ck_print_job_state CHECK (state IN ('queued', 'done', 'failed', 'cancelled')),
    CONSTRAINT fk_print_job_business_id FOREIGN KEY(business_id) REFERENCES business (id) ON DELETE RESTRICT,
    CONSTRAINT fk_print_job_document_id FOREIGN KEY(document_id) REFERENCES document (id) ON DELETE RESTRICT
)
""",
    "photo": """
CREATE TABLE new_photo (
    id INTEGER NOT NULL,
    business_id INTEGER NOT NULL,
    job_id INTEGER NOT NULL,
    hash TEXT NOT NULL,
    jpeg BLOB NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    created_at BIGINT NOT NULL,
    created_by TEXT NOT NULL,
    removed_at BIGINT,
    CONSTRAINT pk_photo PRIMARY KEY (id),
    CONSTRAINT fk_photo_business_id FOREIGN KEY(business_id) REFERENCES business (id) ON DELETE RESTRICT,
    CONSTRAINT fk_photo_job_id FOREIGN KEY(job_id) REFERENCES job (id) ON DELETE RESTRICT
)
""",
    "estimate": """
CREATE TABLE new_estimate (
    id INTEGER NOT NULL,
    business_id INTEGER NOT NULL,
    ticket_id INTEGER NOT NULL,
    customer_id INTEGER NOT NULL,
    version INTEGER NOT NULL,
    status TEXT NOT NULL,
    total_minor BIGINT NOT NULL,
    limit_minor BIGINT,
    answered_by TEXT DEFAULT '' NOT NULL,
    answered_how TEXT DEFAULT '' NOT NULL,
    answered_at BIGINT,
    recorded_by TEXT DEFAULT '' NOT NULL,
    created_at BIGINT NOT NULL,
    created_by TEXT NOT NULL,
    CONSTRAINT pk_estimate PRIMARY KEY (id),
    CONSTRAINT uq_estimate_ticket_id_version UNIQUE (ticket_id, version),
    CONSTRAINT ck_estimate_status CHECK (status IN ('asked', 'approved', 'declined', 'replaced')),
    CONSTRAINT ck_estimate_total_minor CHECK (total_minor >= 0),
    CONSTRAINT ck_estimate_limit_minor CHECK (limit_minor >= total_minor),
    CONSTRAINT fk_estimate_business_id FOREIGN KEY(business_id) REFERENCES business (id) ON DELETE RESTRICT,
    CONSTRAINT fk_estimate_ticket_id FOREIGN KEY(ticket_id) REFERENCES ticket (id) ON DELETE RESTRICT,
    CONSTRAINT fk_estimate_customer_id FOREIGN KEY(customer_id) REFERENCES customer (id) ON DELETE RESTRICT
)
""",
    "estimate_line": """
CREATE TABLE new_estimate_line (
    id INTEGER NOT NULL,
    business_id INTEGER NOT NULL,
    estimate_id INTEGER NOT NULL,
    job_id INTEGER NOT NULL,
    item_id INTEGER,
    position INTEGER NOT NULL,
    text TEXT NOT NULL,
    quantity INTEGER NOT NULL,
    unit_minor BIGINT NOT NULL,
    amount_minor BIGINT NOT NULL,
    warranty_days INTEGER DEFAULT '0' NOT NULL,
    CONSTRAINT pk_estimate_line PRIMARY KEY (id),
    CONSTRAINT ck_estimate_line_quantity CHECK (quantity BETWEEN 1 AND 10000),
    CONSTRAINT ck_estimate_line_amount CHECK (unit_minor >= 0 AND amount_minor = unit_minor * quantity),
    CONSTRAINT ck_estimate_line_warranty_days CHECK (warranty_days BETWEEN 0 AND 3650),
    CONSTRAINT fk_estimate_line_business_id FOREIGN KEY(business_id)
        REFERENCES business (id) ON DELETE RESTRICT,
    CONSTRAINT fk_estimate_line_estimate_id FOREIGN KEY(estimate_id)
        REFERENCES estimate (id) ON DELETE RESTRICT,
    CONSTRAINT fk_estimate_line_job_id FOREIGN KEY(job_id) REFERENCES job (id) ON DELETE RESTRICT,
    CONSTRAINT fk_estimate_line_item_id FOREIGN KEY(item_id) REFERENCES item (id) ON DELETE RESTRICT
)
""",
    "part_use": """
CREATE TABLE new_part_use (
    id INTEGER NOT NULL,
    business_id INTEGER NOT NULL,
    job_id INTEGER NOT NULL,
    item_id INTEGER NOT NULL,
    quantity INTEGER NOT NULL,
    state TEXT NOT NULL,
    reason TEXT DEFAULT '' NOT NULL,
    created_at BIGINT NOT NULL,
    created_by TEXT NOT NULL,
    updated_at BIGINT NOT NULL,
    updated_by TEXT NOT NULL,
    version INTEGER DEFAULT '1' NOT NULL,
    CONSTRAINT pk_part_use PRIMARY KEY (id),
    CONSTRAINT ck_part_use_state CHECK (state IN ('reserved', 'used', 'returned', 'scrapped')),
    CONSTRAINT ck_part_use_quantity CHECK (quantity BETWEEN 1 AND 10000),
    CONSTRAINT fk_part_use_business_id FOREIGN KEY(business_id) REFERENCES business (id) ON DELETE RESTRICT,
    CONSTRAINT fk_part_use_job_id FOREIGN KEY(job_id) REFERENCES job (id) ON DELETE RESTRICT,
    CONSTRAINT fk_part_use_item_id FOREIGN KEY(item_id) REFERENCES item (id) ON DELETE RESTRICT
)
""",
    "warranty": """
CREATE TABLE new_warranty (
    id INTEGER NOT NULL,
    business_id INTEGER NOT NULL,
    line_job_id INTEGER NOT NULL,
    device_id INTEGER NOT NULL,
    text TEXT NOT NULL,
    starts_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    CONSTRAINT pk_warranty PRIMARY KEY (id),
    CONSTRAINT ck_warranty_span CHECK (starts_at < ends_at),
    CONSTRAINT fk_warranty_business_id FOREIGN KEY(business_id) REFERENCES business (id) ON DELETE RESTRICT,
    CONSTRAINT fk_warranty_line_job_id FOREIGN KEY(line_job_id) REFERENCES job (id) ON DELETE RESTRICT,
    CONSTRAINT fk_warranty_device_id FOREIGN KEY(device_id) REFERENCES device (id) ON DELETE RESTRICT
)
""",
    "warranty_claim": """
CREATE TABLE new_warranty_claim (
    job_id INTEGER NOT NULL,
    business_id INTEGER NOT NULL,
    warranty_id INTEGER NOT NULL,
    CONSTRAINT pk_warranty_claim PRIMARY KEY (job_id),
    CONSTRAINT fk_warranty_claim_job_id FOREIGN KEY(job_id) REFERENCES job (id) ON DELETE RESTRICT,
    CONSTRAINT fk_warranty_claim_business_id FOREIGN KEY(business_id)
        REFERENCES business (id) ON DELETE RESTRICT,
    CONSTRAINT fk_warranty_claim_warranty_id FOREIGN KEY(warranty_id)
        REFERENCES warranty (id) ON DELETE RESTRICT
)
""",
    "loan": """
CREATE TABLE new_loan (
    id INTEGER NOT NULL,
    business_id INTEGER NOT NULL,
    loaner_id INTEGER NOT NULL,
    ticket_id INTEGER NOT NULL,
    out_at BIGINT NOT NULL,
    out_by TEXT NOT NULL,
    back_at BIGINT,
    back_by TEXT,
    note TEXT DEFAULT '' NOT NULL,
    CONSTRAINT pk_loan PRIMARY KEY (id),
    CONSTRAINT ck_loan_span CHECK (back_at >= out_at),
    CONSTRAINT fk_loan_business_id FOREIGN KEY(business_id) REFERENCES business (id) ON DELETE RESTRICT,
    CONSTRAINT fk_loan_loaner_id FOREIGN KEY(loaner_id) REFERENCES loaner (id) ON DELETE RESTRICT,
    CONSTRAINT fk_loan_ticket_id FOREIGN KEY(ticket_id) REFERENCES ticket (id) ON DELETE RESTRICT
)
""",
    "contact_log": """
CREATE TABLE new_contact_log (
    id INTEGER NOT NULL,
    business_id INTEGER NOT NULL,
    ticket_id INTEGER NOT NULL,
    customer_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    how TEXT NOT NULL,
    words TEXT DEFAULT '' NOT NULL,
    answer TEXT DEFAULT '' NOT NULL,
    step INTEGER DEFAULT '0' NOT NULL,
    created_at BIGINT NOT NULL,
    created_by TEXT NOT NULL,
    CONSTRAINT pk_contact_log PRIMARY KEY (id),
    CONSTRAINT ck_contact_log_kind CHECK (kind IN ('informed', 'reminder')),
    CONSTRAINT ck_contact_log_how CHECK (how IN ('phone', 'sms', 'email', 'chat', 'in_person', 'letter')),
    CONSTRAINT fk_contact_log_business_id FOREIGN KEY(business_id)
        REFERENCES business (id) ON DELETE RESTRICT,
    CONSTRAINT fk_contact_log_ticket_id FOREIGN KEY(ticket_id) REFERENCES ticket (id) ON DELETE RESTRICT,
    CONSTRAINT fk_contact_log_customer_id FOREIGN KEY(customer_id)
        REFERENCES customer (id) ON DELETE RESTRICT
)
""",
    "ticket_move": """
CREATE TABLE new_ticket_move (
    business_id INTEGER NOT NULL,
    from_id INTEGER NOT NULL,
    to_id INTEGER NOT NULL,
    CONSTRAINT pk_ticket_move PRIMARY KEY (business_id, from_id, to_id),
    CONSTRAINT ck_ticket_move_moves CHECK (from_id <> to_id),
    CONSTRAINT fk_ticket_move_business_id FOREIGN KEY(business_id)
        REFERENCES business (id) ON DELETE RESTRICT,
    CONSTRAINT fk_ticket_move_from_id FOREIGN KEY(from_id) REFERENCES ticket_state (id) ON DELETE RESTRICT,
    CONSTRAINT fk_ticket_move_to_id FOREIGN KEY(to_id) REFERENCES ticket_state (id) ON DELETE RESTRICT
)
""",
}
"""The same tables as they become on SQLite."""


def upgrade() -> None:
    """Say whose each record is, and let references stay within a business."""
    for table in ("estimate", "contact_log"):
        op.execute(
            f"UPDATE {table} SET customer_id = (SELECT customer_id FROM ticket "
            f"WHERE ticket.id = {table}.ticket_id) WHERE customer_id IS NULL"
        )
    _let_papers_be_of_any_kind()
    if op.get_bind().dialect.name == "sqlite":
        for table in _OWNERS:
            _make_anew(table)
    else:
        for table in _OWNERS:
            _add_business(table)
        _carry_businesses()
    op.create_index("ix_estimate_line_job_id", "estimate_line", ["job_id"])
    _give_pictures()


def _let_papers_be_of_any_kind() -> None:
    """The very first shops were made when there were only slips, and would refuse every paper of a ticket."""
    connection = op.get_bind()
    if connection.dialect.name != "sqlite":
        op.execute(
            "ALTER TABLE document DROP CONSTRAINT ck_document_kind, "
            "ADD CONSTRAINT ck_document_kind CHECK (length(kind) > 0)"
        )
        return
    asked = "SELECT type, sql FROM sqlite_master WHERE tbl_name = 'document' AND sql <> ''"
    said = connection.execute(sa.text(asked)).all()
    [made] = [sql for kind, sql in said if kind == "table"]
    wider = made.replace("kind IN ('booking_slip')", "length(kind) > 0")
    if wider == made:
        return
    op.execute(re.sub(r"^CREATE TABLE \"?document\"?", "CREATE TABLE new_document", wider))
    op.execute("INSERT INTO new_document SELECT * FROM document ORDER BY id")
    op.execute("DROP TABLE document")
    op.execute("ALTER TABLE new_document RENAME TO document")
    for kind, sql in said:
        if kind == "index":
            op.execute(sql)


def _make_anew(table: str) -> None:
    """SQLite: copy a table with the business of each record's owner; one without an owner is refused."""
    connection = op.get_bind()
    owner, reference = _OWNERS[table]
    indexes = connection.execute(
        sa.text("SELECT sql FROM sqlite_master WHERE type = 'index' AND tbl_name = :name AND sql <> ''"),
        {"name": table},
    )
    statements = list(indexes.scalars())
    columns = [each["name"] for each in sa.inspect(connection).get_columns(table)]
    op.execute(_ANEW[table])
    op.execute(
        f"INSERT INTO new_{table} (business_id, {', '.join(columns)}) "
        f"SELECT owner.business_id, {', '.join('old.' + name for name in columns)} "
        f"FROM {table} AS old LEFT JOIN {owner} AS owner ON owner.id = old.{reference} ORDER BY old.rowid"
    )
    op.execute(f"DROP TABLE {table}")
    op.execute(f"ALTER TABLE new_{table} RENAME TO {table}")
    for statement in statements:
        op.execute(statement)


def _add_business(table: str) -> None:
    """PostgreSQL: add the column and fill it; a record without an owner is refused."""
    owner, reference = _OWNERS[table]
    op.execute(f"ALTER TABLE {table} ADD COLUMN business_id BIGINT")
    op.execute(f"UPDATE {table} SET business_id = o.business_id FROM {owner} o WHERE o.id = {reference}")
    op.execute(
        f"ALTER TABLE {table} ALTER COLUMN business_id SET NOT NULL, ADD CONSTRAINT fk_{table}_business_id "
        "FOREIGN KEY (business_id) REFERENCES business (id) ON DELETE RESTRICT"
    )


def _carry_businesses() -> None:
    """PostgreSQL: put a foreign key with the business into the place of each plain one."""
    for table in ("estimate", "contact_log"):
        op.execute(f"ALTER TABLE {table} ALTER COLUMN customer_id SET NOT NULL")
    op.execute("DROP INDEX ix_phone_former")  # which could not answer the beginning of a number
    op.execute("CREATE INDEX ix_phone_former ON phone (business_id, key text_pattern_ops) WHERE is_former")
    op.execute("ALTER TABLE ticket_move DROP CONSTRAINT pk_ticket_move")
    op.execute(
        "ALTER TABLE ticket_move ADD CONSTRAINT pk_ticket_move PRIMARY KEY (business_id, from_id, to_id)"
    )
    for table in _KEYED:
        key = "job_id" if table == "warranty_claim" else "id"
        op.create_index(f"uq_{table}_record", table, ["business_id", key], unique=True)
    for table, references in _REFERENCES.items():
        for column, target in references.items():
            op.execute(
                f"ALTER TABLE {table} DROP CONSTRAINT fk_{table}_{column}, "
                f"ADD CONSTRAINT fk_{table}_{column} FOREIGN KEY (business_id, {column}) "
                f"REFERENCES {target} (business_id, id) ON DELETE RESTRICT"
            )


def _give_pictures() -> None:
    """A picture is kept by each business that names it; what nobody names stays with the first one."""
    connection = op.get_bind()
    op.rename_table("picture", "old_picture")
    if connection.dialect.name != "sqlite":
        op.drop_constraint("pk_picture", "old_picture")
    op.create_table(
        "picture",
        sa.Column(
            "business_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("png", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["business_id"], ["business.id"], name=op.f("fk_picture_business_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("business_id", "hash", name=op.f("pk_picture")),
    )
    businesses = list(connection.execute(sa.text("SELECT id FROM business ORDER BY id")).scalars())
    named = {(businesses[0], name) for name in _pictures(connection)} if businesses else set()
    if len(businesses) > 1:
        named = _named_pictures(connection)
        nobody_s = set(_pictures(connection)) - {name for _, name in named}
        named |= {(businesses[0], name) for name in nobody_s}
    for business, name in sorted(named):
        connection.execute(
            sa.text(
                "INSERT INTO picture (business_id, hash, png) "
                "SELECT :business, hash, png FROM old_picture WHERE hash = :name"
            ),
            {"business": business, "name": name},
        )
    op.drop_table("old_picture")


def _pictures(connection: sa.Connection) -> list[str]:
    return list(connection.execute(sa.text("SELECT hash FROM old_picture")).scalars())


def _named_pictures(connection: sa.Connection) -> set[tuple[int, str]]:
    """Business and hash of every picture that a logo, a signature or a paper of the business names."""
    known = set(_pictures(connection))
    found: set[tuple[int, str]] = set()
    for question in (
        "SELECT id, logo FROM business WHERE logo <> ''",
        "SELECT business_id, signature_hash FROM job WHERE signature_hash <> ''",
    ):
        found |= {(row[0], row[1]) for row in connection.execute(sa.text(question))}
    papers = sa.text("SELECT business_id, snapshot FROM document").execution_options(yield_per=5000)
    for business, snapshot in connection.execute(papers):
        found |= {(business, name) for name in _HASH.findall(snapshot)}
    return {(business, name) for business, name in found if name in known}
