"""One chain of the journal per business, and one for what belongs to none; the records counted into each.

The old single chain is checked while it is read. Its entries go on in their order in the chain of their
business; each new chain then gets an entry `journal.rechained` that names the old end, says where the old
chain was broken, if it was, and counts the records as they stand: from here on `verify` knows them.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

from posapp.domain.base.clock import SystemClock, to_us
from posapp.domain.base.journal import GENESIS, NO_BUSINESS, canonical, chain_hash
from posapp.storage.base import sql_extras
from posapp.storage.base.records import count_records, watched_tables

revision = "0006"
down_revision = "0005"

_PORTION = 5000
_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_OLD = (
    "SELECT j.id, j.at, j.business_id, j.till, j.person, j.action, j.subject, j.subject_id, j.body, j.hash, "
    "p.salt, p.body AS personal FROM old_journal j LEFT JOIN old_journal_personal p ON p.journal_id = j.id "
    "ORDER BY j.id"
)
_OLD_GUARDS = {
    "sqlite": (
        "DROP TRIGGER IF EXISTS journal_is_append_only_update",
        "DROP TRIGGER IF EXISTS journal_is_append_only_delete",
    ),
    "postgresql": ("DROP TRIGGER IF EXISTS journal_is_append_only ON journal",),
}
_SAID = ("at", "till", "person", "action", "subject", "subject_id", "body")
"""What the hash of an entry covers after the hash before it, its business and its number."""


def _take_every_paper(connection: sa.Connection, kind: str) -> None:
    """A database that began with the first revision still took booking slips alone, and no other paper.

    SQLite changes a check by its text: https://www.sqlite.org/lang_altertable.html, section 7.
    """
    if kind == "postgresql":
        op.execute(
            "ALTER TABLE document DROP CONSTRAINT ck_document_kind, "
            "ADD CONSTRAINT ck_document_kind CHECK (length(kind) > 0)"
        )
        return
    version = int(connection.exec_driver_sql("PRAGMA schema_version").scalar_one())
    connection.exec_driver_sql("PRAGMA writable_schema=ON")
    connection.exec_driver_sql(
        "UPDATE sqlite_master SET sql = replace(sql, ?, 'length(kind) > 0') WHERE name = 'document'",
        ("kind IN ('booking_slip')",),
    )
    connection.exec_driver_sql(f"PRAGMA schema_version={version + 1}")
    connection.exec_driver_sql("PRAGMA writable_schema=RESET")


def upgrade() -> None:
    """Put the old tables aside, fill the new ones from them, count, and set the guards."""
    connection = op.get_bind()
    kind = connection.dialect.name
    for statement in _OLD_GUARDS[kind]:
        op.execute(statement)
    op.drop_index("ix_journal_subject", "journal")
    for table in ("journal_personal", "journal", "journal_head"):
        if kind == "postgresql":  # names of keys are its own there, and the new tables want them
            op.execute(f"ALTER TABLE {table} RENAME CONSTRAINT pk_{table} TO pk_old_{table}")
        op.rename_table(table, f"old_{table}")
    if kind == "postgresql":
        op.execute("ALTER TABLE old_journal_personal DROP CONSTRAINT fk_journal_personal_journal_id")
    _take_every_paper(connection, kind)
    _make_tables()
    chains, old = _rechain(connection)
    for table in ("old_journal_personal", "old_journal", "old_journal_head"):
        op.drop_table(table)
    _close(connection, chains, old)
    op.create_index(
        "ix_journal_subject", "journal", ["business_id", "subject", "subject_id", "at", "id"], unique=False
    )
    guards = sql_extras.SQLITE_CHAIN_GUARDS if kind == "sqlite" else sql_extras.POSTGRES_CHAIN_GUARDS
    for statement in guards:
        op.execute(sa.text(statement.replace(":", "\\:")))


def _make_tables() -> None:
    op.create_table(
        "journal",
        sa.Column("business_id", _KEY, autoincrement=False, nullable=False),
        sa.Column("id", _KEY, autoincrement=False, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("till", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=True),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("subject_id", _KEY, server_default="0", nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.CheckConstraint("business_id >= 0 AND id > 0", name=op.f("ck_journal_keys")),
        sa.PrimaryKeyConstraint("business_id", "id", name=op.f("pk_journal")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "journal_personal",
        sa.Column("business_id", _KEY, autoincrement=False, nullable=False),
        sa.Column("journal_id", _KEY, autoincrement=False, nullable=False),
        sa.Column("salt", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["business_id", "journal_id"],
            ["journal.business_id", "journal.id"],
            name=op.f("fk_journal_personal_journal_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("business_id", "journal_id", name=op.f("pk_journal_personal")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "journal_head",
        sa.Column("business_id", _KEY, autoincrement=False, nullable=False),
        sa.Column("last_id", _KEY, nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("sealed_day", sa.Integer(), server_default="0", nullable=False),
        sa.CheckConstraint("business_id >= 0 AND last_id >= 0", name=op.f("ck_journal_head_keys")),
        sa.PrimaryKeyConstraint("business_id", name=op.f("pk_journal_head")),
    )


class _Chains:
    """The new chains while they are filled; `ends` is the last entry of each, its number and hash."""

    def __init__(self, connection: sa.Connection, businesses: list[int]) -> None:
        self._connection = connection
        self._entries: list[dict[str, Any]] = []
        self._personal: list[dict[str, Any]] = []
        self.ends = dict.fromkeys((NO_BUSINESS, *businesses), (0, GENESIS))

    def add(
        self, business: int, entry: dict[str, Any], salt: str | None = None, personal: str | None = None
    ) -> None:
        """Append what an entry says to the chain of a business."""
        last, previous = self.ends.get(business, (0, GENESIS))
        digest = chain_hash(previous, business, last + 1, *entry.values())
        self._entries.append({"business_id": business, "id": last + 1, **entry, "hash": digest})
        if salt is not None:
            beside = {"business_id": business, "journal_id": last + 1, "salt": salt, "body": personal}
            self._personal.append(beside)
        self.ends[business] = (last + 1, digest)
        if len(self._entries) >= _PORTION:
            self.write()

    def write(self) -> None:
        """Bring what was appended into the tables."""
        for table, rows in (("journal", self._entries), ("journal_personal", self._personal)):
            if rows:
                names = list(rows[0])
                marks = ", ".join(f":{name}" for name in names)
                self._connection.execute(
                    sa.text(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})"), rows
                )
        self._entries, self._personal = [], []


def _rechain(connection: sa.Connection) -> tuple[_Chains, dict[str, Any] | None]:
    """Fill the new chains; answers them and what is to be said of the old one, if there was one."""
    businesses = list(connection.execute(sa.text("SELECT id FROM business ORDER BY id")).scalars())
    chains = _Chains(connection, businesses)
    previous, last, entries, broken = GENESIS, 0, 0, 0
    for row in connection.execute(sa.text(_OLD).execution_options(yield_per=_PORTION)):
        parts = row.business_id, row.till, row.person, row.action, row.subject, row.subject_id, row.body
        expected = chain_hash(previous, row.id, row.at, *parts)
        if not broken and (row.hash != expected or row.id != last + 1):
            broken = row.id
        previous, last, entries = row.hash, row.id, entries + 1
        entry = dict(zip(_SAID, (row.at, *parts[1:]), strict=True))
        chains.add(row.business_id or NO_BUSINESS, entry, row.salt, row.personal)
    head = connection.execute(sa.text("SELECT last_id, hash FROM old_journal_head")).first()
    if not broken and (head is None or (head.last_id, head.hash) != (last, previous)):
        broken = last + 1
    old: dict[str, Any] = {"entries": entries, "last": last, "hash": previous}
    if broken:
        old |= {"broken_at": broken, "head": list(head) if head else None}
    return chains, old if entries or businesses or broken else None


def _close(connection: sa.Connection, chains: _Chains, old: dict[str, Any] | None) -> None:
    """Explain the seam in each chain, count its records there, and set the heads."""
    if old is not None:
        found = sa.MetaData()
        found.reflect(connection, resolve_fks=False)
        is_sqlite = connection.dialect.name == "sqlite"
        counts = count_records(connection, watched_tables(found.tables), is_sqlite=is_sqlite)
        at = to_us(SystemClock().now())
        for business, (taken_over, _) in tuple(chains.ends.items()):
            after = {**old, "taken_over": taken_over}
            body = canonical({"ref": "", "after": after, "base": counts.get(business, {})})
            said = (at, "posapp", None, "journal.rechained", "journal", 0, body)
            chains.add(business, dict(zip(_SAID, said, strict=True)))
    chains.write()
    for business, (last, digest) in sorted(chains.ends.items()):
        connection.execute(
            sa.text("INSERT INTO journal_head (business_id, last_id, hash) VALUES (:business, :last, :hash)"),
            {"business": business, "last": last, "hash": digest},
        )
