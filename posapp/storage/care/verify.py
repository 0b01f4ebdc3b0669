"""Recomputes the rules of the trade from the records: read-only questions, each with what it found.

Everything here reads one snapshot. Questions are set-based where SQL can ask them, and stream where it
cannot, so that a shop of a million customers is checked in a minute or two and in little memory. The rules
stand in the module of their part; this is the one list of them.
"""

import logging
import sqlite3
from collections.abc import Callable

from sqlalchemy.exc import DBAPIError

from posapp.domain.base.errors import PosappError
from posapp.storage.base.faults import fault_of
from posapp.storage.base.verify_base import Asking, Finding
from posapp.storage.bookings import verify as verify_bookings
from posapp.storage.care import verify_numbers, verify_references, verify_schema
from posapp.storage.care.verify_heads import Heads
from posapp.storage.customers import verify as verify_customers
from posapp.storage.papers import verify as verify_papers
from posapp.storage.repairs import verify as verify_repairs
from posapp.storage.repairs import verify_upkeep
from posapp.storage.shop import verify as verify_shop

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
        ("customer", "PL", story.customers),
        ("booking", "B", story.bookings),
        ("ticket", "T", story.tickets),
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


Rule = tuple[str, str, Callable[[Asking], Finding]]
_QUESTIONS: tuple[Rule, ...] = tuple((one.code, one.sentence, one) for one in verify_repairs.QUESTIONS)
_BOOKINGS, _WALK_INS = verify_bookings.BOOKINGS, verify_bookings.WALK_INS
RULES: tuple[Rule, ...] = (
    ("file", "The database is whole", file),
    ("schema", "The schema is that of this program", verify_schema.schema),
    ("identity", "The database has one code of its own", verify_shop.identity),
    ("references", "Whatever a record points to exists", verify_references.whole),
    ("businesses", "Businesses are apart from each other", verify_references.businesses),
    ("stamps", "Every record says who made it and when", verify_references.stamps),
    ("shops", "Shops can be read and booked", verify_shop.shops),
    ("hours", "Hours and special days make sense", verify_shop.hours),
    ("settings", "Settings can be read", verify_shop.settings),
    ("states", "From every state a device can be collected", verify_shop.states),
    ("counters", "Counters are all there", verify_numbers.counters),
    ("phones", "One customer per phone number, as it was typed", verify_customers.phones),
    ("primary_phones", "One primary number per customer", verify_customers.primary_phones),
    ("customers", "Customers have a number or a reason for none", verify_customers.customers),
    ("merged", "Merged customers lead to one that lives", verify_customers.merged),
    ("aliases", "Old IDs mean no other customer", verify_customers.aliases),
    ("pl_ids", "PL IDs are unique and within the counter", verify_numbers.pl_ids),
    ("pl_gaps", "Missing PL IDs are explained", verify_numbers.pl_gaps),
    ("last_visits", "Last visits equal the bookings", verify_customers.last_visits),
    ("search_words", "Search finds what the records say", verify_customers.search_words),
    ("booking_numbers", "Booking numbers have no holes", verify_numbers.booking_numbers),
    (_BOOKINGS.code, _BOOKINGS.sentence, _BOOKINGS),
    ("capacity", "Nobody is booked beyond capacity", verify_bookings.capacity),
    ("times", "UTC times equal the wall clock", verify_bookings.times),
    ("business_days", "Business days are those of the making", verify_bookings.business_days),
    ("prices", "Bookings cost what their service cost", verify_bookings.prices),
    (_WALK_INS.code, _WALK_INS.sentence, _WALK_INS),
    ("ticket_numbers", "Ticket numbers have no holes", verify_numbers.ticket_numbers),
    *_QUESTIONS,
    ("history", "Devices are where the history brought them", verify_repairs.history),
    ("loaners", "A loaner is out with one customer at a time", verify_repairs.loaners),
    ("devices", "Serials and IMEIs are found as they read", verify_repairs.devices),
    ("conditions", "Checklists of tickets can be read", verify_repairs.conditions),
    ("stock", "Stock equals its changes", verify_repairs.stock),
    ("passcodes", "Passcodes are encrypted, and kept as long as the shop says", verify_repairs.passcodes),
    ("upkeep", "What is promised after some days has happened", verify_upkeep.upkeep),
    ("photos", "Photos are whole", verify_repairs.photos),
    ("pictures", "Logos and signatures are whole", verify_papers.pictures),
    ("documents", "Papers say what they said", verify_papers.documents),
    ("copies", "Copies are numbered without holes", verify_papers.copies),
    ("journal", "The journal's chain holds", journal),
    ("records", "No record was changed without an entry", records),
    ("heads", "The journal is the one that papers and backups name", heads),
    ("journalled", "What the journal says was made is there", journalled),
)
