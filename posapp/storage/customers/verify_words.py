"""Are the words of the search those of the names? Compared with what the names give today."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterator

from sqlalchemy import Connection, text

from posapp.domain.base.folding import search_words
from posapp.storage.base.sql_extras import SQLITE_SEARCH_FILL, sqlite_search_table
from posapp.storage.base.sql_words import JOB_WORDS_FILL, JOB_WORDS_TABLE


def faults_of_words(connection: Connection) -> Iterator[int]:
    """The PL numbers of customers whose stored words are not those of their names."""
    contacts: dict[int, list[str]] = defaultdict(list)
    for row in connection.execute(
        text("SELECT customer_id, name FROM contact WHERE archived_at IS NULL ORDER BY id")
    ):
        contacts[row.customer_id].append(row.name)
    rows = text("SELECT id, pl_number, name, name_fold, more_words FROM customer")
    for row in connection.execute(rows.execution_options(yield_per=10_000)):
        folded, latin = search_words(row.name)
        more = [latin, *(word for name in contacts.get(row.id, ()) for word in search_words(name))]
        wanted = sorted(" ".join(filter(None, more)).split())
        if row.name_fold != folded or sorted((row.more_words or "").split()) != wanted:
            yield row.pl_number


def faults_of_index(connection: Connection) -> Iterator[int]:
    """The keys of customers whose entries in FTS5's index are not those of their words."""
    return faults_of_words_in(connection, "customer_words", sqlite_search_table(""), SQLITE_SEARCH_FILL, (0,))


def faults_of_jobs(connection: Connection) -> Iterator[int]:
    """The keys of jobs whose entries in the index of repairs are not those of their words."""
    return faults_of_words_in(connection, "job_words", JOB_WORDS_TABLE, JOB_WORDS_FILL, ())


def faults_of_words_in(
    connection: Connection, index: str, table: str, fill: str, values: tuple[int, ...]
) -> Iterator[int]:
    """The rows of an index that are not those it would get today.

    A contentless index cannot be read back by row. So it is built anew beside the database, in memory, and
    both are compared term by term (fts5vocab, https://www.sqlite.org/fts5.html#the_fts5vocab_virtual_table_module).
    """
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    anew = table.replace(index, "temp.words_anew")
    try:
        driver.execute(anew)
        driver.execute(fill.replace(index, "temp.words_anew"), values)
        for name, schema, words in (("stored", "main", index), ("fresh", "temp", "words_anew")):
            driver.execute(
                f"CREATE VIRTUAL TABLE temp.{name}_terms USING fts5vocab({schema}, {words}, instance)"
            )
        yield from _apart(
            driver.execute("SELECT term, doc FROM temp.stored_terms"),
            driver.execute("SELECT term, doc FROM temp.fresh_terms"),
        )
    finally:
        for name in ("stored_terms", "fresh_terms", "words_anew"):
            driver.execute(f"DROP TABLE IF EXISTS temp.{name}")


def _apart(stored: sqlite3.Cursor, fresh: sqlite3.Cursor) -> Iterator[int]:
    """The rows of only one of two lists that stand in the same order."""
    end = ("\U0010ffff" * 2, 0)
    one, other = stored.fetchone() or end, fresh.fetchone() or end
    while one != end or other != end:
        if one == other:
            one, other = stored.fetchone() or end, fresh.fetchone() or end
        elif (one[0].encode(), one[1]) < (other[0].encode(), other[1]):
            yield one[1]
            one = stored.fetchone() or end
        else:
            yield other[1]
            other = fresh.fetchone() or end
