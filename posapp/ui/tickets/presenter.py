"""Asks the desks what board and ticket show, and carries out what they want; plain Python."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from posapp.domain.base.actor import Actor
from posapp.domain.catalogue.items import Item
from posapp.domain.old_data.past import PastRecord
from posapp.domain.repairs.board import Filter, SeenCard
from posapp.domain.repairs.photos import Photo
from posapp.domain.repairs.tickets import Alert, BoardCard, Job, StateGroup, Ticket, TicketState
from posapp.services.repairs.tickets import Board, EditJob, MoveJob
from posapp.services.repairs.whole_ticket import WholeTicket
from posapp.ui.presenter import Done, Failed, Presenter
from posapp.ui.session import Session
from posapp.ui.tickets.photo_file import read_photo

if TYPE_CHECKING:
    from posapp.services.desks import Shop


TicketWork = Callable[["Shop", "Actor", int | None], "Ticket"]
"""Asks a desk; gets the version that it has to find, and gives the ticket as it is after that."""


def moving(command: MoveJob, *, is_back: bool = False) -> TicketWork:
    """Put a device into another state; `is_back`: it was there before, so that a way round will do."""

    def work(shop: "Shop", actor: Actor, seen: int | None) -> Ticket:
        move = shop.tickets.move_back if is_back else shop.tickets.move
        return move(actor, replace(command, seen_version=seen))

    return work


def editing(command: EditJob) -> TicketWork:
    """Say something else of a device."""
    return lambda shop, actor, seen: shop.tickets.edit_job(actor, replace(command, seen_version=seen))


@dataclass(frozen=True, slots=True)
class ShownCard(SeenCard):
    """A card with its words, made once when the board was read."""

    due_words: str
    price: str

    @property
    def number(self) -> str:
        """Its ticket, and which of its devices where it is not the first: T12, T12·2."""
        card = self.card
        return card.number if card.position == 1 else f"{card.number}·{card.position}"

    @property
    def words(self) -> str:
        """The card in one line, for screen readers."""
        card = self.card
        who = (card.number, f"PL{card.pl_number}", card.device, card.fault, card.customer_name)
        return ", ".join(filter(None, (*who, self.due_words, card.technician, self.price)))


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its state, its cards as filtered, how many there are without the filter.

    `cut` cards of it were not read, because it is longer than the board reads.
    """

    state: TicketState
    cards: tuple[ShownCard, ...]
    count: int
    cut: int = 0


class BoardPresenter(Presenter):
    """Turns a `Board` into columns of words."""

    topic = "board"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.filter = Filter()
        self.board: Board | None = None
        self._columns: list[Column] = []

    def load(self, done: Callable[[], object], failed: Failed) -> None:
        """Read the board anew."""

        def keep(board: Board) -> None:
            self.board = board
            self._columns = [self._column(board, state) for state in board.shown_states]
            done()

        self.read(lambda shop, actor: shop.tickets.board(actor), keep, failed)

    def _column(self, board: Board, state: TicketState) -> Column:
        cards = tuple(map(self._shown, board.seen(state)))
        count = board.counts.get(state.id, 0)
        return Column(state, cards, count, count - len(cards))

    def columns(self) -> list[Column]:
        """The columns of everything that is still to be done or collected, filtered."""
        if not self.filter.is_on:
            return self._columns
        passes = self.filter.passes
        return [
            replace(one, cards=tuple(card for card in one.cards if passes(card, card.words)), cut=0)
            for one in self._columns
        ]

    def all_cards(self) -> list[ShownCard]:
        """Everything on the board, without the filter."""
        return [card for column in self._columns for card in column.cards]

    def _shown(self, seen: SeenCard) -> ShownCard:
        minor = seen.card.price_minor
        price = "" if minor is None else self.wording.price(minor)
        return ShownCard(
            seen.card, seen.state, seen.alerts, seen.waits_long, seen.now, self._due(seen), price
        )

    def _due(self, seen: SeenCard) -> str:
        if seen.state.group == StateGroup.READY:
            return _days("waiting {n} day", "waiting {n} days", seen.days) if seen.days else "ready today"
        late = seen.late_by
        if Alert.TOO_LONG in seen.alerts and late is None:
            return _days("{n} day in this state", "{n} days in this state", max(seen.days, 1))
        if late is not None and late.days:
            return _days("{n} day late", "{n} days late", late.days)
        if late is not None:
            return f"{max(late // timedelta(hours=1), 1)} h late"
        return self.wording.moment(seen.card.due) if seen.card.due is not None else ""

    # -- what the board is asked to do ---------------------------------------------------------------
    def move(
        self,
        card: BoardCard,
        to: str,
        reason: str,
        done: Done[Ticket],
        failed: Failed,
        *,
        seen: int | None = None,
        is_back: bool = False,
    ) -> None:
        """Put a device into another state; `seen` is the version it has to have, as this window knows it."""
        command = MoveJob(number=card.number, position=card.position, to=to, reason=reason)
        self._write_card(card, seen, moving(command, is_back=is_back), done, failed)

    def assign(
        self,
        card: BoardCard,
        technician_id: int,
        done: Done[Ticket],
        failed: Failed,
        *,
        seen: int | None = None,
    ) -> None:
        """Give a device to a technician, or (0) to nobody."""
        command = EditJob(number=card.number, position=card.position, technician_id=technician_id)
        self._write_card(card, seen, editing(command), done, failed)

    def _write_card(
        self, card: BoardCard, seen: int | None, work: TicketWork, done: Done[Ticket], failed: Failed
    ) -> None:
        """Without `seen` what counts is how the device is when its turn comes."""
        own = self.session.own

        def write(shop: "Shop", actor: Actor) -> Ticket:
            now = version_of(card, shop.tickets.get(actor, card.number)) if seen is None else seen
            asked = partial(work, shop, actor)
            made: Ticket = own.write(("job", card.job_id), now, asked, partial(version_of, card))
            return made

        self.do(write, done, failed)


def version_of(card: BoardCard, ticket: Ticket) -> int:
    """The version of a card's device on its ticket."""
    return next(job.stamps.version for job in ticket.jobs if job.id == card.job_id)


def _days(one: str, many: str, count: int) -> str:
    return (one if count == 1 else many).format(n=count)


class TicketPresenter(Presenter):
    """One ticket; every answer is the whole of it anew."""

    topic = "ticket"

    def __init__(self, session: Session, number: str) -> None:
        super().__init__(session)
        self.number = number

    def technicians(self) -> list[tuple[int, str]]:
        """Key and name of everybody who repairs."""
        return [(one.id, one.name) for one in self.session.catalogue.technicians]

    def whole(self, done: Done[WholeTicket], failed: Failed) -> None:
        """The ticket and everything around it."""
        self.read(lambda shop, actor: shop.tickets.whole(actor, self.number), done, failed)

    def past(self, done: Done[PastRecord | None]) -> None:
        """The old repair that goes on with it."""
        self.read(lambda shop, actor: shop.past.of_ticket(actor, self.number), done, topic="past")

    def items(self, done: Done[list[Item]]) -> None:
        """The parts of the shop."""
        self.read(lambda shop, actor: shop.items.find(actor, limit=500), done, topic="items")

    def write_ticket(self, seen: int, work: TicketWork, done: Done[Ticket], failed: Failed) -> None:
        """Change what belongs to the whole ticket, as the form showed it in that version."""
        self.write(("ticket", self.number), seen, work, lambda ticket: ticket.stamps.version, done, failed)

    def write_job(self, job: Job, work: TicketWork, done: Done[Ticket], failed: Failed) -> None:
        """Change a device of the ticket, as the form showed it."""
        self.write(
            ("job", job.id),
            job.stamps.version,
            work,
            lambda ticket: next(one.stamps.version for one in ticket.jobs if one.id == job.id),
            done,
            failed,
        )

    def add_photo(self, position: int, path: str, done: Done[Photo], failed: Failed) -> None:
        """Keep the picture in a file."""
        self.do(
            lambda shop, actor: shop.photos.add(
                actor, self.number, read_photo(Path(path)), position=position
            ),
            done,
            failed,
        )
