"""Asks the desks what board and ticket show, and carries out what they want; plain Python."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from posapp.domain.base.actor import Actor
from posapp.domain.base.folding import fold
from posapp.domain.catalogue.items import Item
from posapp.domain.old_data.past import PastRecord
from posapp.domain.repairs.board import Filter, SeenCard, own_name
from posapp.domain.repairs.photos import Photo
from posapp.domain.repairs.tickets import BoardCard, Job, StateGroup, Ticket, TicketState
from posapp.services.repairs.tickets import Board, EditJob, MoveJob
from posapp.services.repairs.whole_ticket import WholeTicket
from posapp.ui.presenter import Done, Failed, Presenter
from posapp.ui.session import Session
from posapp.ui.tickets.looks import price_words
from posapp.ui.tickets.photo_file import read_photo
from posapp.ui.wording import Wording, translator

if TYPE_CHECKING:
    from posapp.services.desks import Shop


_tr = translator("Tickets")

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
    """A card with its words, made once when the board was read.

    `words` are the card in one line, for screen readers; `folded` is what the filter looks into.
    """

    due_words: str = ""
    price: str = ""
    words: str = ""
    folded: str = ""

    @property
    def number(self) -> str:
        """Its ticket, and which of its devices where it is not the first: T12, T12·2."""
        card = self.card
        return card.number if card.position == 1 else f"{card.number}·{card.position}"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its state, and its cards as filtered."""

    state: TicketState
    cards: tuple[ShownCard, ...]


@dataclass(frozen=True, slots=True)
class ShownBoard:
    """The board with its words: all columns, how many tickets are open, and which shelves there are."""

    columns: list[Column]
    open_tickets: int
    shelves: frozenset[str] = frozenset()


class BoardPresenter(Presenter):
    """Turns a `Board` into columns of words."""

    topic = "board"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.filter = Filter()
        self.board: ShownBoard | None = None

    def load(self, done: Callable[[], object], failed: Failed) -> None:
        """Read the board anew; its words are made on the lane, for the window is not to wait for them."""
        wording = self.wording

        def read(shop: "Shop", actor: Actor) -> ShownBoard:
            return shown_board(shop.tickets.board(actor), wording)

        def keep(board: ShownBoard) -> None:
            self.board = board
            done()

        self.read(read, keep, failed)

    def columns(self) -> list[Column]:
        """The columns of everything that is still to be done or collected, filtered."""
        shown = self.board.columns if self.board is not None else []
        if not self.filter.is_on:
            return shown
        passes = self.filter.passing()
        return [
            Column(one.state, tuple(card for card in one.cards if passes(card, card.folded))) for one in shown
        ]

    def all_cards(self) -> list[ShownCard]:
        """Everything on the board, without the filter."""
        return [card for column in self.board.columns for card in column.cards] if self.board else []

    def my_name(self) -> str:
        """Which technician is signed in, "" for none."""
        names = [one.name for one in self.session.catalogue.technicians]
        return own_name(self.session.actor.user, names)

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

    def put_on_shelf(
        self, card: BoardCard, shelf: str, done: Done[Ticket], failed: Failed, *, seen: int | None = None
    ) -> None:
        """Say on which shelf a device lies, "" for none."""
        command = EditJob(number=card.number, position=card.position, shelf=shelf)
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


def shown_board(board: Board, wording: Wording) -> ShownBoard:
    """A board in words."""
    columns = [
        Column(state, tuple(shown_card(seen, wording) for seen in board.seen(state)))
        for state in board.shown_states
    ]
    return ShownBoard(columns, board.open_tickets, frozenset(board.shelves))


def shown_card(seen: SeenCard, wording: Wording) -> ShownCard:
    """A card with its words."""
    card = seen.card
    due, price = due_words(seen, wording), price_words(card, wording)
    who = (card.number, f"PL{card.pl_number}", card.device, card.fault, card.customer_name)
    words = ", ".join(filter(None, (*who, due, card.technician, price)))
    folded = f"{words.casefold()}\n{fold(card.customer_name)}"
    facts = (seen.card, seen.state, seen.alerts, seen.waits_long, seen.now, seen.is_new)
    return ShownCard(*facts, due_words=due, price=price, words=words, folded=folded)


def due_words(seen: SeenCard, wording: Wording) -> str:
    """How long it waits, how late it is, how long it is in its state, or what it was promised for."""
    late = seen.late_by
    if seen.state.group == StateGroup.READY:
        if seen.days:
            return _days(_tr("waiting {n} day"), _tr("waiting {n} days"), seen.days)
        return _tr("ready today") if seen.is_new else _tr("ready yesterday")
    if late is not None and late.days:
        return _days(_tr("{n} day late"), _tr("{n} days late"), late.days)
    if late is not None:
        return _late_within_a_day(late)
    if seen.is_too_long:
        return _days(_tr("{n} day in this state"), _tr("{n} days in this state"), max(seen.days, 1))
    return wording.moment(seen.card.due) if seen.card.due is not None else ""


def _late_within_a_day(late: timedelta) -> str:
    hours = late // timedelta(hours=1)
    if not hours:
        return _tr("{n} min late").format(n=max(late // timedelta(minutes=1), 1))
    return _tr("{n} h late").format(n=hours)


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
