"""Figures and totals of work computed anew from their records: to compare them with, and to begin with."""

import json
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, text

from posapp.domain.base.actions import Action
from posapp.domain.base.clock import business_day, day_number, from_us
from posapp.domain.repairs.tickets import COLLECTED
from posapp.storage.base.verify_base import Asking, Finding, Listed
from posapp.storage.figures.job_figures import DEFINITION
from posapp.storage.figures.sold_totals import ANEW as SOLD_ANEW
from posapp.storage.figures.work_totals import ANEW

_FIGURES = DEFINITION.format(which="")
_COLUMNS = "business_id, job_id, day, technician_id, minutes, came_back"
_SOLD = "business_id, business_day, name, count, gross_minor, net_minor, cost_minor"
_ADD_TIME = text(
    "INSERT INTO job_time (business_id, job_id, number, state_id, since, since_day, until, until_day) "
    "VALUES (:business, :job, :number, :state, :since, :since_day, :until, :until_day)"
)
_MOST = 20_000


# -- written -------------------------------------------------------------------------------------------
def write_anew(connection: Connection) -> int:
    """Write times that are missing, then all figures and totals of work, everywhere; how many totals."""
    _fill_times(connection)
    if connection.dialect.name == "postgresql":
        connection.execute(text("LOCK TABLE job_figure, work_total, sold_total IN EXCLUSIVE MODE"))
    connection.execute(text("DELETE FROM job_figure"))
    connection.execute(text(f"INSERT INTO job_figure ({_COLUMNS}) {_FIGURES}"))
    connection.execute(text("DELETE FROM work_total"))
    into = "INSERT INTO work_total (business_id, business_day, what, name, count)"
    made = connection.execute(text(f"{into} {ANEW}")).rowcount
    connection.execute(text("DELETE FROM sold_total"))
    return made + connection.execute(text(f"INSERT INTO sold_total ({_SOLD}) {SOLD_ANEW}")).rowcount


def _fill_times(connection: Connection) -> None:
    """The times of jobs that have none: as the journal of their ticket tells, else since the last step."""
    rows: list[dict[str, Any]] = []
    for found in _times_of(connection):
        rows.append(found)
        if len(rows) >= _MOST:
            connection.execute(_ADD_TIME, rows)
            rows = []
    if rows:
        connection.execute(_ADD_TIME, rows)


def _times_of(connection: Connection) -> Iterator[dict[str, Any]]:
    zones = {
        row.id: (row.time_zone, row.cutover_minutes)
        for row in connection.execute(text("SELECT id, time_zone, cutover_minutes FROM business"))
    }
    states: dict[tuple[int, str], int] = {
        (row.business_id, row.code): row.id
        for row in connection.execute(text("SELECT business_id, code, id FROM ticket_state"))
    }
    asked = text(
        "SELECT j.business_id, j.id, j.ticket_id, j.position, j.state_id, j.state_since, j.created_at "
        "FROM job j WHERE NOT EXISTS (SELECT 1 FROM job_time t WHERE t.job_id = j.id) ORDER BY j.ticket_id"
    )
    for job in connection.execute(asked).all():
        zone, cutover = zones[job.business_id]
        steps = [(job.created_at, states.get((job.business_id, "received")))]
        steps += [
            (at, states.get((job.business_id, code)))
            for at, code in _told_steps(connection, job.business_id, job.ticket_id, job.position)
        ]
        known = [(at, state) for at, state in steps if state is not None and at <= job.state_since]
        if known[-1:] != [(job.state_since, job.state_id)]:
            known.append((job.state_since, job.state_id))
        if len(known) == 2 and known[0][1] != job.state_id and len(steps) == 1:
            known = known[1:]  # nobody knows how long it was received: only where it is now
        for number, (since, state) in enumerate(known, 1):
            until = known[number][0] if number < len(known) else None
            yield {
                "business": job.business_id,
                "job": job.id,
                "number": number,
                "state": state,
                "since": since,
                "since_day": day_number(business_day(from_us(since), zone, cutover)),
                "until": until,
                "until_day": None
                if until is None
                else day_number(business_day(from_us(until), zone, cutover)),
            }


def _told_steps(connection: Connection, business: int, ticket: int, position: int) -> list[tuple[int, str]]:
    """When a device came into which state, as the journal of its ticket tells."""
    found = []
    asked = text(
        "SELECT at, action, body FROM journal WHERE business_id = :business AND subject = 'ticket' "
        "AND subject_id = :ticket ORDER BY id"
    )
    for at, action, body in connection.execute(asked, {"business": business, "ticket": ticket}):
        after = json.loads(body).get("after") or {}
        if action in (Action.TICKET_STATE, Action.TICKET_DISPOSED) and after.get("position") == position:
            found.append((at, str(after.get("state"))))
        elif action == Action.TICKET_HANDED_BACK and position in after.get("positions", ()):
            found.append((at, COLLECTED))
    return found


# -- compared ------------------------------------------------------------------------------------------
def job_times(asking: Asking) -> Finding:
    """The times of each device follow each other and end in the state in which it is."""
    found = Finding(asking.count("SELECT count(*) FROM job_time"))
    for words, sql in (
        (
            "device {0} is in another state than its times say",
            "SELECT j.id FROM job j LEFT JOIN job_time t ON t.job_id = j.id AND t.until IS NULL "
            "GROUP BY j.id, j.state_id, j.state_since HAVING count(t.job_id) <> 1 "
            "OR min(t.state_id) <> j.state_id OR min(t.since) <> j.state_since",
        ),
        (
            "time {1} of device {0} does not end where the next begins",
            "SELECT t.job_id, t.number FROM job_time t LEFT JOIN job_time n "
            "ON n.job_id = t.job_id AND n.number = t.number + 1 "
            "WHERE t.until IS NOT NULL "
            "AND (n.since IS NULL OR n.since <> t.until OR n.since_day <> t.until_day)",
        ),
        (
            "the times of device {0} are of another business",
            "SELECT t.job_id FROM job_time t "
            "JOIN job j ON j.id = t.job_id WHERE j.business_id <> t.business_id",
        ),
    ):
        asking.put(found, Listed(words, sql))
    return found


def work_totals(asking: Asking) -> Finding:
    """What is told of repairs and bookings is what their records say; all of it computed anew."""
    found = Finding(asking.count("SELECT count(*) FROM work_total"))
    for words, keys, kept, anew in (
        ("what is told of device {1} of business {0}", _COLUMNS, "job_figure", _FIGURES),
        (
            "{2} {3} of day {1} of business {0}",
            "business_id, business_day, what, name, count",
            "(SELECT * FROM work_total WHERE count <> 0) kept",
            ANEW,
        ),
        (
            "{2} of day {1} of business {0}",
            _SOLD,
            f"(SELECT {_SOLD} FROM sold_total WHERE count <> 0 OR gross_minor <> 0) kept",
            f"SELECT {_SOLD} FROM ({SOLD_ANEW}) sold WHERE count <> 0 OR gross_minor <> 0",
        ),
    ):
        these = f"SELECT {keys} FROM {kept}"
        those = f"SELECT {keys} FROM ({anew}) anew"
        both = f"SELECT * FROM ({these} EXCEPT {those}) a UNION SELECT * FROM ({those} EXCEPT {these}) b"
        asking.put(found, Listed(words, both))
    return found
