"""Everything that is typed on a ticket and not saved yet, as one: its draft, the command for it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from posapp.domain.repairs.tickets import Job, Ticket
from posapp.services.repairs.tickets import MoveJob, SaveTicket
from posapp.ui.ticket.device import DeviceView
from posapp.ui.ticket.forms import DeviceEdits, TicketEdits
from posapp.ui.ticket.merging import MergingForm
from posapp.ui.ticket.talk import Talk

TICKET, TALK = "ticket", "talk"
Texts = dict[str, dict[str, str]]


@dataclass(slots=True)
class Typed:
    """Of one ticket: the form of the whole, those of its devices by their keys, and the box for words."""

    talk: Talk
    whole: TicketEdits | None = None
    views: dict[int, DeviceView] = field(default_factory=dict)

    def forms(self) -> dict[str, MergingForm]:
        """What is typed into, by the names that a draft gives them; a device that left is not edited."""
        found: dict[str, MergingForm] = {
            str(key): view.edits for key, view in self.views.items() if view.job.is_here
        }
        if self.whole is not None and self.whole.ticket.is_open:
            found[TICKET] = self.whole
        return found

    def texts(self) -> Texts:
        """Form to field to text."""
        found = {name: texts for name, form in self.forms().items() if (texts := form.typed())}
        talk = self.talk.typed()
        return {**found, TALK: talk} if talk else found

    def put(self, values: Mapping[str, Any]) -> None:
        """Put back what `texts` gave."""
        for name, form in self.forms().items():
            if isinstance(values.get(name), dict):
                form.restore_typed(values[name])
        if isinstance(values.get(TALK), dict):
            self.talk.restore_typed(values[TALK])

    def discard(self) -> None:
        """Show the record again."""
        for form in self.forms().values():
            form.discard_typed()
        self.talk.forget()

    def changes(self) -> int:
        """How many values would be saved; day and time are one."""
        found = [set(form.typed()) for form in self.forms().values()]
        return sum(len(names - {"time"} if "due" in names else names) for names in found)

    def command(self, number: str, move: MoveJob | None) -> SaveTicket | None:
        """What was changed, with the move; None for nothing."""
        forms = self.forms()
        ticket = self.whole.command() if TICKET in forms and self.whole is not None else None
        views = [view for key, view in self.views.items() if str(key) in forms]
        jobs = tuple(made for view in views if (made := view.edits.command()) is not None)
        if ticket is None and not jobs and move is None:
            return None
        return SaveTicket(number=number, ticket=ticket, jobs=jobs, move=move)

    @staticmethod
    def back(command: SaveTicket, before: Ticket, reason: str) -> SaveTicket:
        """What takes that save back, as the ticket was `before`."""
        by_place = {job.position: job for job in before.jobs}
        return SaveTicket(
            number=command.number,
            ticket=TicketEdits.back(command.ticket, before) if command.ticket else None,
            jobs=tuple(DeviceEdits.back(one, by_place[one.position]) for one in command.jobs),
            move=_back(command.move, before, reason),
            is_back=True,
        )

    def settle(self, sent: Mapping[str, Mapping[str, str]]) -> None:
        """What was sent is what the record says now."""
        for name, form in self.forms().items():
            if name in sent:
                form.settle(sent[name])

    def sent(self) -> Texts:
        """What stands in the fields as it goes to the desk."""
        return {name: form.texts() for name, form in self.forms().items()}


def _back(move: MoveJob | None, before: Ticket, reason: str) -> MoveJob | None:
    if move is None:
        return None
    job: Job = next(one for one in before.jobs if one.position == move.position)
    return MoveJob(number=move.number, position=move.position, to=job.state.code, reason=reason)
