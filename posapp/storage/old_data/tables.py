"""The tables of old data: batches, staged rows, past records, IDs of old systems, merges, duplicates.

The conventions are those of `storage.base.tables`.
"""

from sqlalchemy import BigInteger, CheckConstraint, Column, Index, Integer, Table, Text

from posapp.storage.base.tables import (
    Key,
    business_column,
    flag_column,
    id_column,
    index_where,
    metadata,
    ref_column,
    stamp_columns,
)

# What one import brings into one business. `files`, `settings` and `result` are JSON.
import_batch = Table(
    "import_batch",
    metadata,
    id_column(),
    business_column(),
    # The same for all batches of one import.
    Column("run", Text, nullable=False),
    Column("system", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("files", Text, nullable=False),
    Column("settings", Text, nullable=False),
    Column("result", Text, nullable=False, server_default=""),
    # The keys of what it made, by table, as spans in JSON; the end of the journal before it under "journal".
    Column("made", Text, nullable=False, server_default="{}"),
    # The last portion that was applied or undone: where a resumed one goes on.
    Column("done", Integer, nullable=False, server_default="0"),
    Column("settled_at", BigInteger),
    # Since then its staged rows and the rows that it refused are gone.
    Column("emptied_at", BigInteger),
    *stamp_columns(),
    CheckConstraint("state IN ('staged', 'applying', 'applied', 'undoing', 'undone')", name="state"),
    Index("ix_import_batch_created_at", "business_id", "created_at"),
)

# A row as it came, cleaned, not yet a customer. Working data: the journal keeps no images of it.
staged_record = Table(
    "staged_record",
    metadata,
    id_column(),
    business_column(),
    ref_column("batch_id", "import_batch.id"),
    Column("file", Integer, nullable=False),
    Column("row", Integer, nullable=False),
    Column("collection", Text, nullable=False),
    # The order in which records of a customer count (`domain.old_data.staging.Role`).
    Column("role", Integer, nullable=False),
    Column("code", Text, nullable=False),
    # The ID as it is looked up, where that is not itself.
    Column("code_fold", Text),
    # The ID as it is ordered: a whole number, or the text.
    Column("code_number", BigInteger),
    Column("at", BigInteger),
    Column("phone_key", Text),
    Column("email", Text),
    # The ID that it points at.
    Column("owner", Text),
    # Whose it is: the key of a phone, or of a `staged_group` without one.
    Column("group_key", Text),
    Column("amount_minor", BigInteger),
    Column("status", Text),
    Column("pl_number", BigInteger),
    # Why it is refused; "known" for what an earlier import brought.
    Column("fault", Text),
    # What is wrong with its number, where that may not refuse it.
    Column("phone_fault", Text),
    # Codes of warnings, divided by spaces.
    Column("warns", Text),
    Column("body", Text, nullable=False, server_default=""),
    Column("customer_id", Key),
    Index("ix_staged_record_code", "batch_id", "collection", "code"),
    Index("ix_staged_record_group_key", "batch_id", "group_key"),
)

# The customers of a batch in the order in which they are made: who exists has a key already.
staged_group = Table(
    "staged_group",
    metadata,
    id_column(),
    business_column(),
    ref_column("batch_id", "import_batch.id"),
    Column("place", Integer, nullable=False),
    Column("key", Text, nullable=False),
    # A kept PL ID.
    Column("pl_number", BigInteger),
    Column("customer_id", Key),
    # Whether this import made the customer.
    flag_column("is_made"),
    Index("uq_staged_group_key", "batch_id", "key", unique=True),
    Index("ix_staged_group_place", "batch_id", "place"),
)

# What was said of a row of a batch: refused, or a warning. `raw` is the row as it came, cut.
import_note = Table(
    "import_note",
    metadata,
    id_column(),
    business_column(),
    ref_column("batch_id", "import_batch.id"),
    Column("kind", Text, nullable=False),
    Column("file", Text, nullable=False),
    Column("row", Integer, nullable=False),
    Column("code", Text, nullable=False),
    Column("message", Text, nullable=False, server_default=""),
    Column("raw", Text, nullable=False, server_default=""),
    CheckConstraint("kind IN ('rejected', 'warning', 'update')", name="kind"),
    Index("ix_import_note_batch_id", "batch_id", "kind"),
)

# A booking, ticket, order or appointment of an old system: read-only, of one customer.
past_record = Table(
    "past_record",
    metadata,
    id_column(),
    business_column(),
    ref_column("customer_id", "customer.id"),
    ref_column("batch_id", "import_batch.id"),
    Column("kind", Text, nullable=False),
    Column("system", Text, nullable=False),
    Column("collection", Text, nullable=False),
    Column("code", Text, nullable=False),
    Column("code_fold", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("status", Text, nullable=False, server_default=""),
    # Whether its amount counts towards what the customer spent.
    flag_column("is_counted"),
    Column("amount_minor", BigInteger, nullable=False, server_default="0"),
    # The remaining fields, as JSON.
    Column("body", Text, nullable=False, server_default=""),
    # The real ticket that it was taken in as.
    ref_column("ticket_id", "ticket.id", nullable=True),
    CheckConstraint("kind IN ('booking', 'ticket', 'order', 'appointment')", name="kind"),
    CheckConstraint("amount_minor >= 0", name="amount_minor"),
    Index("uq_past_record_code", "business_id", "system", "collection", "code", unique=True),
    Index("ix_past_record_customer_id_at", "customer_id", "at"),
    Index("ix_past_record_code_fold", "business_id", "code_fold"),
    Index("ix_past_record_batch_id", "batch_id"),
    index_where("ix_past_record_ticket_id", "ticket_id", where="ticket_id IS NOT NULL"),
)

# A customer's ID in an old system; in the order in which they came. `told` is what a table said, as JSON.
legacy_id = Table(
    "legacy_id",
    metadata,
    id_column(),
    business_column(),
    ref_column("customer_id", "customer.id"),
    ref_column("batch_id", "import_batch.id"),
    Column("system", Text, nullable=False),
    Column("collection", Text, nullable=False),
    Column("code", Text, nullable=False),
    Column("code_fold", Text, nullable=False),
    Column("told", Text, nullable=False, server_default=""),
    Index("uq_legacy_id_code", "business_id", "system", "collection", "code", unique=True),
    Index("ix_legacy_id_code_fold", "business_id", "code_fold"),
    Index("ix_legacy_id_customer_id", "customer_id"),
    Index("ix_legacy_id_batch_id", "batch_id"),
)

# Which of our businesses one of an old system became.
legacy_business = Table(
    "legacy_business",
    metadata,
    id_column(),
    business_column(),
    Column("system", Text, nullable=False),
    Column("code", Text, nullable=False),
    Index("uq_legacy_business_code", "system", "code", unique=True),
)

# How the columns of a table were read; `columns` is the digest of their names.
column_mapping = Table(
    "column_mapping",
    metadata,
    id_column(),
    business_column(),
    Column("columns", Text, nullable=False),
    Column("mapping", Text, nullable=False),
    *stamp_columns(),
    Index("uq_column_mapping_columns", "business_id", "columns", unique=True),
)

# Two customers became one. `moved` holds the keys by table and column, `told` the fields before, as JSON.
customer_merge = Table(
    "customer_merge",
    metadata,
    id_column(),
    business_column(),
    ref_column("survivor_id", "customer.id"),
    ref_column("loser_id", "customer.id"),
    Column("moved", Text, nullable=False),
    Column("told", Text, nullable=False),
    Column("undone_at", BigInteger),
    *stamp_columns(),
    CheckConstraint("survivor_id <> loser_id", name="two"),
    Index("ix_customer_merge_survivor_id", "survivor_id"),
    Index("ix_customer_merge_loser_id", "loser_id"),
)

# Pairs that the finder suggests, from its last look. Found anew at will: the journal keeps no images of them.
duplicate_pair = Table(
    "duplicate_pair",
    metadata,
    id_column(),
    business_column(),
    ref_column("a_id", "customer.id"),
    ref_column("b_id", "customer.id"),
    Column("score", Integer, nullable=False),
    Column("reasons", Text, nullable=False),
    CheckConstraint("a_id < b_id", name="in_order"),
    CheckConstraint("score BETWEEN 0 AND 100", name="score"),
    Index("uq_duplicate_pair_a_id", "a_id", "b_id", unique=True),
    Index("ix_duplicate_pair_b_id", "b_id"),
    Index("ix_duplicate_pair_score", "business_id", "score"),
)

# Pairs of which somebody said that they are two people.
not_duplicate = Table(
    "not_duplicate",
    metadata,
    id_column(),
    business_column(),
    ref_column("a_id", "customer.id"),
    ref_column("b_id", "customer.id"),
    Column("created_at", BigInteger, nullable=False),
    Column("created_by", Text, nullable=False),
    CheckConstraint("a_id < b_id", name="in_order"),
    Index("uq_not_duplicate_a_id", "a_id", "b_id", unique=True),
    Index("ix_not_duplicate_b_id", "b_id"),
)
