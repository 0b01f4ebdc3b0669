"""Recomputes the rules of the trade from the records: read-only questions, each with what it found.

Everything here reads one snapshot. Questions are set-based where SQL can ask them, and stream where it
cannot, so that a shop of a million customers is checked in a minute or two and in little memory. The rules
stand with their part; this is the one list of them.
"""

import logging
import sqlite3
from collections.abc import Callable

from sqlalchemy.exc import DBAPIError

from posapp.domain.base.errors import PosappError
from posapp.domain.base.numbers import PL, Letter
from posapp.storage.base import verify_numbers
from posapp.storage.base.faults import fault_of
from posapp.storage.base.verify_base import Asking, Finding, Rule
from posapp.storage.bookings import part as bookings
from posapp.storage.care import verify_references, verify_schema
from posapp.storage.care.verify_heads import Heads
from posapp.storage.catalogue import part as catalogue
from posapp.storage.counter import part as counter
from posapp.storage.customers import part as customers
from posapp.storage.figures import part as figures
from posapp.storage.old_data import part as old_data
from posapp.storage.papers import part as papers
from posapp.storage.people import part as people
from posapp.storage.repairs import part as repairs
from posapp.storage.selling import part as selling
from posapp.storage.shop import part as shop

log = logging.getLogger(__name__)


def file(asking: Asking) -> Finding:
    """SQLite reads every page and index; on a server no index and no constraint is invalid."""
    if asking.is_sqlite:
        found = Finding(asking.count("SELECT page_count FROM pragma_page_count"))
        said = (str(row[0]) for row in asking.rows("PRAGMA integrity_check(100)"))
        return found.blame(line for line in said if line != "ok")
    found = Finding(asking.count("SELECT count(*) FROM pg_index"))
    found.blame(
        f"index {row[0]}"
        for row in asking.rows(
            "SELECT c.relname FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid "
            "WHERE NOT (i.indisvalid AND i.indisready)"
        )
    )
    return found.blame(
        f"constraint {row[0]}"
        for row in asking.rows("SELECT conname FROM pg_constraint WHERE NOT convalidated")
    )


def journal(asking: Asking) -> Finding:
    """The chain holds from the first entry to the head, and each entry's personal values are its own."""
    return Finding(asking.story.entries).blame(asking.story.faults())


def records(asking: Asking) -> Finding:
    """Every record is what its last entry left, and no entry tells of one that is not there."""
    replay = asking.replay
    return Finding(replay.count()).blame(replay.faults())


def heads(asking: Asking) -> Finding:
    """The journal's ends of earlier moments, on papers and beside backups, are still in it."""
    compared = Heads(asking.connection, asking.backups)
    found = Finding().blame(compared.faults())
    found.checked = compared.checked
    return found


def journalled(asking: Asking) -> Finding:
    """Every customer, booking and ticket that the journal says was made is there, with its number."""
    story, found = asking.story, Finding()
    for subject, letters, made in (
        ("customer", PL, story.customers),
        ("booking", Letter.BOOKING, story.bookings),
        ("ticket", Letter.TICKET, story.tickets),
    ):
        column = "pl_number" if subject == "customer" else "number"
        found.checked += len(made)
        missing = dict(made)
        for row in asking.rows(f"SELECT id, {column} FROM {subject}"):
            if missing.get(row[0]) == row[1]:
                del missing[row[0]]
        found.blame(f"{letters}{number} is lost" for number in missing.values())
    return found


def answer(asking: Asking, ask: Callable[[Asking], Finding]) -> Finding:
    """Ask one rule; what keeps it from being answered is what is wrong.

    On a server an error ends the transaction, and with it all that is to be asked: hence the savepoint.
    """
    asked = asking.connection.begin_nested()
    try:
        return ask(asking)
    except (DBAPIError, sqlite3.Error) as error:
        log.warning("a rule could not be asked", exc_info=True)
        fault = fault_of(error, None)
        words = str(getattr(error, "orig", None) or error).strip().partition("\n")[0]
        return Finding(0).blame([fault.sentence if fault else f"The database cannot tell: {words}."])
    except (PosappError, ArithmeticError, LookupError, TypeError, ValueError) as error:
        log.warning("a rule could not be asked", exc_info=True)
        said = error.sentence if isinstance(error, PosappError) else "A stored value cannot be read."
        return Finding(0).blame([said])
    finally:
        asking.rest()
        asked.rollback()


_WHOLE: tuple[Rule, ...] = (
    ("file", "The database is whole", file),
    ("schema", "The schema is that of this program", verify_schema.schema),
    ("identity", "The database has one code of its own", verify_schema.identity),
    ("references", "Whatever a record points to exists", verify_references.whole),
    ("businesses", "Businesses are apart from each other", verify_references.businesses),
    ("stamps", "Every record says who made it and when", verify_references.stamps),
    ("counters", "Counters are all there", verify_numbers.counters),
)
_JOURNAL: tuple[Rule, ...] = (
    ("journal", "The journal's chain holds", journal),
    ("records", "No record was changed without an entry", records),
    ("heads", "The journal is the one that papers and backups name", heads),
    ("journalled", "What the journal says was made is there", journalled),
)
PARTS = (shop, customers, people, bookings, catalogue, repairs, selling, old_data, papers, counter, figures)
RULES: tuple[Rule, ...] = (*_WHOLE, *(rule for part in PARTS for rule in part.rules()), *_JOURNAL)
"""All rules in the order in which they are asked: the database, part by part, the journal."""
