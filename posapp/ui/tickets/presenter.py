"""Reads the board and carries out what is asked of it; plain Python, owned by the page."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING

from posapp.domain.repairs.devices import DeviceKind
from posapp.domain.repairs.tickets import Alert, BoardCard, StateGroup, TicketState, alerts_of
from posapp.domain.repairs.waiting import waits_long
from posapp.ui.presenter import Done, Failed, Presenter

if TYPE_CHECKING:
    from posapp.domain.base.actor import Actor
    from posapp.domain.repairs.tickets import Ticket
    from posapp.services.desks import Shop
    from posapp.services.repairs.tickets import Board
    from posapp.ui.session import Session

TicketWork = Callable[["Shop", "Actor", int | None], "Ticket"]
"""Asks a desk; gets the version that it has to find, and gives the ticket as it is after that."""


class Due(StrEnum):
    """The choices of the filter by due time."""

    ANY = "any"
    LATE = "late"
    TODAY = "today"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Filter:
    """What is shown: of one technician, one kind of device, words of the card, a due time."""

    technician: str = ""
    kind: str = ""
    words: str = ""
    due: Due = Due.ANY

    @property
    def is_on(self) -> bool:
        """Whether anything is left out."""
        return self != Filter()


@dataclass(frozen=True, slots=True)
class ShownCard:
    """A card with its alerts and its words, made once when the board was read."""

    card: BoardCard
    state: TicketState
    alerts: tuple[Alert, ...]
    due_words: str
    price: str
    waits_long: bool = False

    @property
    def is_late(self) -> bool:
        """Whether it wants attention now."""
        return self.waits_long or bool({Alert.LATE, Alert.TOO_LONG} & set(self.alerts))

    @property
    def words(self) -> str:
        """The card in one line, for screen readers."""
        card = self.card
        parts = (
            card.number,
            f"PL{card.pl_number}",
            card.device,
            card.fault,
            card.customer_name,
            self.due_words,
        )
        return ", ".join(part for part in (*parts, card.technician, self.price) if part)


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

    def __init__(self, session: "Session") -> None:
        super().__init__(session)
        self.filter = Filter()
        self.board: Board | None = None

    def load(self, done: Callable[[], object], failed: Failed) -> None:
        """Read the board anew."""

        def keep(board: "Board") -> None:
            self.board = board
            done()

        self.read(lambda shop, actor: shop.tickets.board(actor), keep, failed)

    def columns(self) -> list[Column]:
        """The columns of everything that is still to be done or collected, filtered."""
        board = self.board
        if board is None:
            return []
        found = []
        for state in _on_board(board):
            cards = [self._shown(card, state) for card in board.columns.get(state.id, ())]
            shown = tuple(card for card in cards if self._passes(card))
            count = board.counts.get(state.id, 0)
            found.append(Column(state, shown, count, 0 if self.filter.is_on else count - len(cards)))
        return found

    def all_cards(self) -> list[ShownCard]:
        """Everything on the board, without the filter."""
        board = self.board
        if board is None:
            return []
        return [
            self._shown(card, state) for state in _on_board(board) for card in board.columns.get(state.id, ())
        ]

    def technicians(self) -> list[str]:
        """Who has work on the board."""
        return sorted({card.card.technician for card in self.all_cards() if card.card.technician})

    def kinds(self) -> list[DeviceKind]:
        """What kinds of devices are on the board."""
        here = {card.card.kind for card in self.all_cards()}
        return [kind for kind in DeviceKind if kind in here]

    def _passes(self, shown: ShownCard) -> bool:
        asked, card = self.filter, shown.card
        if asked.technician and card.technician != asked.technician:
            return False
        if asked.kind and card.kind != asked.kind:
            return False
        if asked.due == Due.LATE and not shown.is_late:
            return False
        if asked.due == Due.TODAY and Alert.DUE_TODAY not in shown.alerts:
            return False
        if asked.due == Due.NONE and card.due is not None:
            return False
        words = asked.words.casefold()
        if words.strip() and words.strip() == shown.card.shelf.casefold():
            return True
        return all(word in shown.words.casefold() for word in words.split())

    def _shown(self, card: BoardCard, state: TicketState) -> ShownCard:
        board = self.board
        assert board is not None  # cards come from a board
        alerts = alerts_of(
            card, state, board.now, end_of_day=board.end_of_day, untouched_hours=board.untouched_hours
        )
        price = "" if card.price_minor is None else self.wording.price(card.price_minor)
        is_long = waits_long(state, card.state_since, board.now, uncollected_days=board.uncollected_days)
        return ShownCard(card, state, alerts, self._due(card, state, alerts, board.now), price, is_long)

    def _due(self, card: BoardCard, state: TicketState, alerts: tuple[Alert, ...], now: datetime) -> str:
        if state.group == StateGroup.READY:
            days = (now - card.state_since).days
            return _days("waiting {n} day", "waiting {n} days", days) if days else "ready today"
        if Alert.TOO_LONG in alerts and Alert.LATE not in alerts:
            days = max((now - card.state_since).days, 1)
            return _days("{n} day in this state", "{n} days in this state", days)
        if card.due is None:
            return ""
        if Alert.LATE in alerts:
            late = now - card.due
            hours = int(late / timedelta(hours=1))
            return (
                _days("{n} day late", "{n} days late", late.days) if late.days else f"{max(hours, 1)} h late"
            )
        return self.wording.moment(card.due)

    # -- what the board is asked to do ---------------------------------------------------------------
    def move(
        self,
        card: BoardCard,
        to: str,
        reason: str,
        done: Done["Ticket"],
        failed: Failed,
        *,
        seen: int | None = None,
        is_back: bool = False,
    ) -> None:
        """Put a device into another state; `seen` is the version it has to have, as this window knows it.

        `is_back`: it was there before, so that a way round will do.
        """
        from posapp.services.repairs.tickets import MoveJob

        command = MoveJob(number=card.number, position=card.position, to=to, reason=reason)

        def work(shop: "Shop", actor: "Actor", version: int | None) -> "Ticket":
            move = shop.tickets.move_back if is_back else shop.tickets.move
            return move(actor, replace(command, seen_version=version))

        self._write_card(card, seen, work, done, failed)

    def assign(
        self,
        card: BoardCard,
        technician_id: int,
        done: Done["Ticket"],
        failed: Failed,
        *,
        seen: int | None = None,
    ) -> None:
        """Give a device to a technician, or (0) to nobody."""
        from posapp.services.repairs.tickets import EditJob

        command = EditJob(number=card.number, position=card.position, technician_id=technician_id)

        def work(shop: "Shop", actor: "Actor", version: int | None) -> "Ticket":
            return shop.tickets.edit_job(actor, replace(command, seen_version=version))

        self._write_card(card, seen, work, done, failed)

    def _write_card(
        self, card: BoardCard, seen: int | None, work: TicketWork, done: Done["Ticket"], failed: Failed
    ) -> None:
        """Without `seen` what counts is how the device is when its turn comes."""
        own = self.session.own

        def write(shop: "Shop", actor: "Actor") -> "Ticket":
            now = version_of(card, shop.tickets.get(actor, card.number)) if seen is None else seen
            asked = partial(work, shop, actor)
            made: Ticket = own.write(("job", card.job_id), now, asked, partial(version_of, card))
            return made

        self.do(write, done, failed)


def version_of(card: BoardCard, ticket: "Ticket") -> int:
    """The version of a card's device on its ticket."""
    return next(job.stamps.version for job in ticket.jobs if job.id == card.job_id)


def _on_board(board: "Board") -> list[TicketState]:
    """What has a column; a cancelled device waits among the uncollected."""
    return [one for one in board.states.states if not one.is_archived and not one.group.is_over]


def _days(one: str, many: str, count: int) -> str:
    return (one if count == 1 else many).format(n=count)
