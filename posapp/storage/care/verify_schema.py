"""Is the schema the one that this program works with? It is built anew beside the data and compared.

SQLite builds it in memory; a server in a schema of its own that is rolled back. So there is no list to keep,
and what either database makes of a statement is the same on both sides.
"""

import re
import sqlite3
from collections.abc import Iterator, Mapping

from sqlalchemy import Connection, create_engine

from posapp.storage.base.sql_extras import (
    POSTGRES_CHAIN_GUARDS,
    POSTGRES_JOURNAL_GUARDS,
    SQLITE_CHAIN_GUARDS,
    SQLITE_SEARCH_TABLE,
    SQLITE_SEARCH_TRIGGERS,
)
from posapp.storage.base.sql_item_words import ITEM_WORDS_TABLE, ITEM_WORDS_TRIGGERS
from posapp.storage.base.sql_words import JOB_WORDS_TABLE, JOB_WORDS_TRIGGERS
from posapp.storage.base.tables import metadata
from posapp.storage.base.verify_base import Asking, Finding
from posapp.storage.care.spread import is_spread, key_statements
from posapp.storage.customers.guards import POSTGRES_CONSENT_GUARDS, SQLITE_CONSENT_GUARDS
from posapp.storage.schema import HEAD
from posapp.storage.selling.guards import POSTGRES_GUARDS, SQLITE_GUARDS
from posapp.storage.tables import whole_schema

whole_schema()
Facts = Mapping[str, str]
"""What a schema consists of: the name of each thing, and all that is said of it."""
_ANEW = "posapp_built_anew"
_ORDER = "table trigger function index unique key check constraint column"
_SPACE = re.compile(r"\s+")
_OWN = (
    "sqlite_",
    "customer_words_",
    "job_words_",
    "item_words_",
)  # SQLite's tables, and those in which FTS5 keeps its index
_VERSION = "alembic_version"


def schema(asking: Asking) -> Finding:
    """Every table, column, check, index and trigger is the one that this program made."""
    if asking.is_sqlite:
        with create_engine("sqlite://").connect() as fresh:
            _build(fresh, _SQLITE_EXTRAS)
            wanted = _facts_of_file(_driver(fresh))
        here = _facts_of_file(_driver(asking.connection))
    else:
        wanted = _facts_built_anew(asking.connection)
        here = _facts_of_server(asking.connection, "public")
    found = Finding(len(wanted))
    return found.blame(_apart(here, wanted)).blame(_settings(asking))


def _apart(here: Facts, wanted: Facts) -> Iterator[str]:
    """What differs, whole tables first."""
    names = sorted(here.keys() | wanted.keys(), key=lambda name: (_ORDER.find(name.partition(" ")[0]), name))
    for name in names:
        if name not in here:
            yield f"{name} is missing"
        elif name not in wanted:
            yield f"{name} is none of ours"
        elif here[name] != wanted[name]:
            yield f"{name} is another one"


def _build(connection: Connection, extras: tuple[str, ...]) -> None:
    """Make everything; on a server in whichever schema comes first."""
    metadata.create_all(connection, checkfirst=False)
    for statement in extras:
        connection.exec_driver_sql(statement)


# -- SQLite --------------------------------------------------------------------------------------------
_SQLITE_EXTRAS = (
    SQLITE_SEARCH_TABLE,
    *SQLITE_SEARCH_TRIGGERS.values(),
    JOB_WORDS_TABLE,
    *JOB_WORDS_TRIGGERS.values(),
    ITEM_WORDS_TABLE,
    *ITEM_WORDS_TRIGGERS.values(),
    *SQLITE_CHAIN_GUARDS,
    *SQLITE_GUARDS,
    *SQLITE_CONSENT_GUARDS,
)
_POSTGRES_STATEMENTS = (
    POSTGRES_JOURNAL_GUARDS[0],
    *POSTGRES_CHAIN_GUARDS,
    *POSTGRES_GUARDS,
    *POSTGRES_CONSENT_GUARDS,
)
_CHECK = re.compile(r"\bCHECK\s*\(", re.IGNORECASE)


def _driver(connection: Connection) -> sqlite3.Connection:
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    return driver


def _facts_of_file(driver: sqlite3.Connection) -> Facts:
    facts: dict[str, str] = {}
    for kind, name, table, sql in driver.execute("SELECT type, name, tbl_name, sql FROM main.sqlite_master"):
        is_own = kind in ("table", "index") and name.startswith(_OWN)
        if is_own or name == _VERSION:
            continue
        facts[f"{kind} {name}"] = table if kind == "table" else f"{table}: {_plain(sql)}"
        if kind == "table" and sql.upper().startswith("CREATE VIRTUAL"):
            facts[f"{kind} {name}"] = _plain(sql)
        elif kind == "table":
            facts |= _facts_of_table(driver, name, sql)
    return facts


def _facts_of_table(driver: sqlite3.Connection, table: str, sql: str) -> Facts:
    """Columns, keys and checks by what they do: a later migration adds them in another order and spelling."""
    facts = {}
    for _, name, kind, is_filled, default, place in driver.execute(f"PRAGMA main.table_info('{table}')"):
        facts[f"column {table}.{name}"] = f"{kind} {is_filled} {default} {place}"
    keys: dict[int, list[str]] = {}
    for row in driver.execute(f"PRAGMA main.foreign_key_list('{table}')"):
        number, _, target, own, other, updated, deleted, _ = row
        keys.setdefault(number, []).append(f"{own} to {target}.{other} {updated} {deleted}")
    for parts in keys.values():
        facts[f"key {table}.{', '.join(sorted(part.split()[0] for part in parts))}"] = "; ".join(
            sorted(parts)
        )
    for _, name, is_unique, origin, is_partial in driver.execute(f"PRAGMA main.index_list('{table}')"):
        if origin != "c":
            columns = ", ".join(str(row[2]) for row in driver.execute(f"PRAGMA main.index_info('{name}')"))
            facts[f"unique {table}.{columns}"] = f"{is_unique} {origin} {is_partial}"
    for check in _checks(sql):
        facts[f"check of {table}: {check}"] = ""
    return facts


def _checks(sql: str) -> Iterator[str]:
    """What stands between the outer parentheses of each CHECK of a table."""
    for start in _CHECK.finditer(sql):
        depth, at = 1, start.end()
        while depth and at < len(sql):
            depth += {"(": 1, ")": -1}.get(sql[at], 0)
            at += 1
        yield _plain(sql[start.end() : at - 1])


def _plain(sql: str | None) -> str:
    """A statement with one kind of space and no needless quotes."""
    return _SPACE.sub(" ", (sql or "").replace('"', "")).replace("( ", "(").replace(" )", ")").strip()


# -- PostgreSQL ----------------------------------------------------------------------------------------
def _facts_built_anew(connection: Connection) -> Facts:
    is_ready = is_spread(connection)  # a server whose keys were changed so that its tables can be spread
    building = connection.begin_nested()
    try:
        connection.exec_driver_sql(f"CREATE SCHEMA {_ANEW}")
        connection.exec_driver_sql(f"SET LOCAL search_path = {_ANEW}")
        _build(connection, _POSTGRES_STATEMENTS)
        for statement in key_statements() if is_ready else ():
            connection.exec_driver_sql(statement)
        return _facts_of_server(connection, _ANEW)
    finally:
        building.rollback()  # the path, too


_SERVER_FACTS = (
    "SELECT 'table ' || c.relname, '' FROM pg_class c WHERE c.relnamespace = %(space)s AND c.relkind = 'r'",
    "SELECT 'column ' || c.relname || '.' || a.attname, format_type(a.atttypid, a.atttypmod) || ' ' "
    "|| a.attnotnull || ' ' || coalesce(pg_get_expr(d.adbin, d.adrelid), '') || CAST(a.attidentity AS text) "
    "FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped "
    "LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum "
    "WHERE c.relnamespace = %(space)s AND c.relkind = 'r'",
    "SELECT 'constraint ' || conname || ' of ' || c.relname, pg_get_constraintdef(k.oid) || k.convalidated "
    "FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid "
    "WHERE k.connamespace = %(space)s AND k.contype IN ('c', 'f', 'p', 'u')",
    "SELECT 'index ' || c.relname, pg_get_indexdef(i.indexrelid) || i.indisvalid || i.indisready "
    "FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid WHERE c.relnamespace = %(space)s",
    "SELECT 'trigger ' || g.tgname || ' of ' || c.relname, pg_get_triggerdef(g.oid) "
    "FROM pg_trigger g JOIN pg_class c ON c.oid = g.tgrelid "
    "WHERE c.relnamespace = %(space)s AND NOT g.tgisinternal",
    "SELECT 'function ' || p.proname, p.prosrc || p.prosecdef FROM pg_proc p "
    "WHERE p.pronamespace = %(space)s",
    # Of the server's own triggers, which keep foreign keys, only that they work.
    "SELECT 'triggers of ' || c.relname, string_agg(DISTINCT CAST(g.tgenabled AS text), '') "
    "FROM pg_trigger g JOIN pg_class c ON c.oid = g.tgrelid WHERE c.relnamespace = %(space)s "
    "GROUP BY c.relname",
    "SELECT 'rule ' || r.rulename || ' of ' || c.relname, pg_get_ruledef(r.oid) FROM pg_rewrite r "
    "JOIN pg_class c ON c.oid = r.ev_class WHERE c.relnamespace = %(space)s AND r.rulename <> '_RETURN'",
)


def _facts_of_server(connection: Connection, space: str) -> Facts:
    facts: dict[str, str] = {}
    [oid] = connection.exec_driver_sql(
        "SELECT CAST(oid AS bigint) FROM pg_namespace WHERE nspname = %(name)s", {"name": space}
    ).one()
    for question in _SERVER_FACTS:
        for name, said in connection.exec_driver_sql(question, {"space": oid}):
            if _VERSION not in name:
                facts[name] = said.replace(f"{space}.", "").replace("''::text", "''")
    return facts


# -- how the database is opened --------------------------------------------------------------------------
def _settings(asking: Asking) -> Iterator[str]:
    """SQLite keeps references only where it is told to, and tills work side by side only in WAL mode."""
    if not asking.is_sqlite:
        [role] = asking.connection.exec_driver_sql("SHOW session_replication_role").one()
        if role != "origin":
            yield "the server does not keep references"
        return
    driver = _driver(asking.connection)
    for pragma, wanted, words in (
        ("foreign_keys", 1, "references are not kept"),
        ("ignore_check_constraints", 0, "checks are not kept"),
        ("journal_mode", "wal", "the file is not in WAL mode"),
    ):
        [found] = driver.execute(f"PRAGMA main.{pragma}").fetchone()
        if found != wanted:
            yield words


def identity(asking: Asking) -> Finding:
    """The database has one code of its own, and the revision that this program works with."""
    codes = [row[0] for row in asking.rows("SELECT code FROM identity")]
    found = Finding(len(codes))
    if len(codes) != 1 or not re.fullmatch("[0-9a-f]{32}", codes[0]):
        found.blame([f"{len(codes)} codes"])
    revisions = [row[0] for row in asking.rows("SELECT version_num FROM alembic_version")]
    if revisions != [HEAD]:
        found.blame([f"revision {', '.join(revisions) or 'none'}"])
    return found
