"""Correcting a device on a ticket, inside a transaction: what changes, and what the journal tells of it."""

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from posapp.domain.base.names import clean_text
from posapp.domain.repairs.tickets import FAULT_LIMIT, SHORT_LIMIT, Job
from posapp.services.base.edits import check_price
from posapp.services.base.passcodes import Passcodes, check_passcode
from posapp.services.repairs.intake import (
    check_conditions,
    check_fault,
    technician_of,
)
from posapp.services.repairs.second_look import lapses
from posapp.services.repairs.shelves import shelf_of
from posapp.services.repairs.ticket_commands import EditJob, Unchanged

if TYPE_CHECKING:
    from posapp.storage.repairs.columns import JobChange
    from posapp.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Edits:
    """What a correction changes: as the journal tells it, and the columns."""

    before: dict[str, object]
    after: dict[str, object]
    columns: "JobChange"

    def note(self, name: str, before: object, after: object) -> None:
        """Tell what was and what is under that name."""
        self.before[name], self.after[name] = before, after


def edited(uow: "UnitOfWork", passcodes: Passcodes, job: Job, command: EditJob) -> Edits:
    """What a correction changes."""
    found = Edits({}, {}, {})
    if command.fault is not None and (fault := check_fault(command.fault)) != job.fault:
        found.note("fault", job.fault, fault)
        found.columns["fault"] = fault
    if command.found is not None:
        text = clean_text(command.found, FAULT_LIMIT, "found")
        if text != job.found:
            found.note("found", job.found, text)
            found.columns["found"] = text
    if command.accessories is not None:
        text = clean_text(command.accessories, SHORT_LIMIT, "accessories")
        if text != job.accessories:
            found.note("accessories", job.accessories, text)
            found.columns["accessories"] = text
    _edit_work(uow, job, command, found)
    if command.condition is not None and command.condition != job.condition:
        pairs = [[text, state.value] for text, state in check_conditions(command.condition)]
        found.note("condition", [[text, state.value] for text, state in job.condition], pairs)
        found.columns["condition"] = json.dumps(pairs, ensure_ascii=False)
    if command.passcode is not None and (command.passcode or job.has_passcode):
        code = check_passcode(command.passcode) if command.passcode else ""
        sealed = passcodes.seal(code, f"job:{job.id}") if code else None
        found.note("passcode", _kept(job.has_passcode), _kept(sealed is not None))
        found.columns["passcode"] = sealed
    return found


def _edit_work(uow: "UnitOfWork", job: Job, command: EditJob, found: Edits) -> None:
    """Who repairs it, for how much, and where it lies."""
    if command.technician_id is not None and (command.technician_id or None) != job.technician_id:
        key = technician_of(uow, command.technician_id)
        name = {one.id: one.name for one in uow.businesses.resources()}.get(key or 0, "")
        found.note("technician_id", job.technician, name)
        found.columns["technician_id"] = key
        if lapses(job, name):
            found.note("quality_by", job.quality_by, "")
            found.columns["quality_by"], found.columns["quality_at"] = "", None
    if not isinstance(command.price_minor, Unchanged) and command.price_minor != job.price_minor:
        price = check_price(command.price_minor)
        found.note("price_minor", job.price_minor, price)
        found.columns["price_minor"] = price
    if command.shelf is not None:
        code = clean_text(command.shelf, SHORT_LIMIT, "shelf").upper()
        if code != job.shelf:
            found.note("shelf_id", job.shelf, code)
            found.columns["shelf_id"] = shelf_of(uow, code)


def _kept(is_kept: bool) -> str:
    """All that the journal ever says of a passcode."""
    return "kept" if is_kept else "none"
