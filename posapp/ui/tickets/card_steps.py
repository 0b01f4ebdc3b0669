"""What is asked of cards: another state, another technician, another shelf; with the way back and forth."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from posapp.domain.base.errors import PosappError
from posapp.domain.repairs.tickets import (
    COLLECTED,
    NEEDS_APPROVAL,
    StateGroup,
    Ticket,
    TicketState,
    needs_reason,
)
from posapp.ui.presenter import code_of, sentence_of
from posapp.ui.session import Session
from posapp.ui.tickets.presenter import BoardPresenter, ShownCard, version_of
from posapp.ui.window.ask_bar import AskBar
from posapp.ui.window.notices import Step
from posapp.ui.window.shell import Shell
from posapp.ui.window.undo import Turn, Work

LOOK = "look"
"""A quick look at the ticket in the side sheet."""


class CardSteps(QObject):
    """Asks what has to be asked first, then the desks; one change at a time of each device."""

    changed = Signal()
    """Something was done or refused: the board is to be read anew."""
    asking_over = Signal()
    """A question was answered: the focus belongs on the cards again."""
    ticket_asked = Signal(str, str, int, object)  # number, part, position, why a move was refused or None

    def __init__(
        self, shell: Shell, session: Session, presenter: BoardPresenter, ask: AskBar, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._shell, self._session, self._presenter, self._ask = shell, session, presenter, ask
        self._running: set[int] = set()

    def do(self, what: str, cards: list[ShownCard]) -> None:
        """ "assign", "open", "look", the number of a column, or a part of the page ("note")."""
        columns = self._presenter.columns()
        if what.isdecimal():
            if int(what) <= len(columns):
                self.move(cards, columns[int(what) - 1].state)
        elif cards and what == "assign":
            self._assign(cards)
        elif cards:
            card = cards[0].card
            self._open(card.number, "" if what == "open" else what, position=card.position)

    def _open(self, number: str, part: str = "", *, position: int = 1, why: object = None) -> None:
        self.ticket_asked.emit(number, part, position, why)

    # -- another state -------------------------------------------------------------------------------
    def move(self, cards: list[ShownCard], state: TicketState) -> None:
        """Put the devices into a state; a way back needs its reason."""
        cards = [card for card in cards if card.state.id != state.id]
        if not cards:
            return
        number, many = cards[0].card.number, len(cards)
        if state.code == COLLECTED:
            self._shell.show_page("hand_back", number)
            return
        if not any(needs_reason(card.state, state) for card in cards):
            self._do_moves(cards, state, "")
            return
        one = self.tr("{number} goes back to {state}. Why?")
        words = one if many == 1 else self.tr("{n} devices go back to {state}. Why?")
        self._ask.say(
            words.format(number=number, n=many, state=state.name.lower()),
            tone="info",
            answer=lambda reason: self._do_moves(cards, state, reason),
            word=self.tr("Move it") if many == 1 else self.tr("Move them"),
        )

    def _do_moves(self, cards: list[ShownCard], state: TicketState, reason: str) -> None:
        self.asking_over.emit()
        is_alone = len(cards) == 1
        for card in self._not_running(cards):
            moved = partial(self._moved, card, state, reason, is_alone)
            self._presenter.move(card.card, state.code, reason, moved, partial(self._refused, card))

    def _not_running(self, cards: list[ShownCard]) -> list[ShownCard]:
        """Those of which no change is on its way: a second press means the same card as it is still shown."""
        free = [card for card in cards if card.card.job_id not in self._running]
        self._running.update(card.card.job_id for card in free)
        return free

    def _moved(
        self, card: ShownCard, state: TicketState, reason: str, is_alone: bool, ticket: Ticket
    ) -> None:
        number = card.card.number
        step = None
        if state.group == StateGroup.READY:
            step = Step(self.tr("Tell the customer"), partial(self._open, number, "tell"))
        elif state.code == NEEDS_APPROVAL:
            step = Step(self.tr("Estimate"), partial(self._shell.leave_for, "estimate", number))
        move = partial(self._presenter.move, card.card, seen=version_of(card.card, ticket))
        words = self.tr("{number}: {state}").format(number=number, state=state.name.lower())
        back = partial(move, card.state.code, self.tr("Undone"), is_back=True)
        self._done(card, words, back, partial(move, state.code, reason), step)
        if is_alone and state.code == NEEDS_APPROVAL and card.card.price_minor is None:
            self._open(number, "price", position=card.card.position)

    # -- a technician --------------------------------------------------------------------------------
    def _assign(self, cards: list[ShownCard]) -> None:
        words = self.tr("Who repairs {number}?").format(number=cards[0].card.number)
        if len(cards) > 1:
            words = self.tr("Who repairs these {n} devices?").format(n=len(cards))
        people = self._session.catalogue.technicians
        steps = [Step(one.name, partial(self._do_assign, cards, one.id, one.name)) for one in people]
        self._ask.say(
            words, [*steps, Step(self.tr("Nobody"), partial(self._do_assign, cards, 0, ""))], tone="info"
        )

    def _do_assign(self, cards: list[ShownCard], technician_id: int, name: str) -> None:
        self._ask.dismiss()
        self.asking_over.emit()
        for card in self._not_running(cards):
            assigned = partial(self._assigned, card, technician_id, name)
            self._presenter.assign(card.card, technician_id, assigned, partial(self._refused, card))

    def _assigned(self, card: ShownCard, technician_id: int, name: str, ticket: Ticket) -> None:
        keys = {one.name: one.id for one in reversed(self._session.catalogue.resources)}
        assign = partial(self._presenter.assign, card.card, seen=version_of(card.card, ticket))
        words = self.tr("{number}: {name}").format(
            number=card.card.number, name=name or self.tr("no technician")
        )
        before = keys.get(card.card.technician, 0)
        self._done(card, words, partial(assign, before), partial(assign, technician_id))

    # -- a shelf -------------------------------------------------------------------------------------
    def put_on_shelf(self, cards: list[ShownCard], shelf: str) -> None:
        """The devices lie there, as a scan says."""
        moved = [card for card in cards if card.card.shelf != shelf]
        if not moved:
            self._shell.notices.toast(self._lies_on(cards[0], shelf))
        for card in self._not_running(moved):
            shelved = partial(self._shelved, card, shelf)
            self._presenter.put_on_shelf(card.card, shelf, shelved, partial(self._refused, card))

    def _shelved(self, card: ShownCard, shelf: str, ticket: Ticket) -> None:
        put = partial(self._presenter.put_on_shelf, card.card, seen=version_of(card.card, ticket))
        self._done(card, self._lies_on(card, shelf), partial(put, card.card.shelf), partial(put, shelf))

    def _lies_on(self, card: ShownCard, shelf: str) -> str:
        return self.tr("{device} lies on {shelf}").format(device=card.card.device, shelf=shelf)

    # -- how it went ---------------------------------------------------------------------------------
    def _done(
        self,
        card: ShownCard,
        words: str,
        back: Callable[..., None],
        forth: Callable[..., None],
        step: Step | None = None,
    ) -> None:
        self._running.discard(card.card.job_id)
        undo, redo = self._turning(back), self._turning(forth)
        self._shell.notices.toast(words, undo=undo, redo=redo, step=step)
        self.changed.emit()

    def _turning(self, change: Callable[..., None]) -> Work:
        """A change of a device, back or forth; the board is read anew however it went."""

        def over(tell: Callable[..., None], answer: object) -> None:
            tell(answer)
            self.changed.emit()

        def run(turn: Turn) -> None:
            change(done=partial(over, turn.done), failed=partial(over, turn.failed))

        return run

    def _refused(self, card: ShownCard, error: Exception) -> None:
        """What a state wants to know of the device is asked for on its page."""
        self._running.discard(card.card.job_id)
        if code_of(error) == "state_needs" and isinstance(error, PosappError):
            self._open(str(error.facts["number"]), why=error)
            return
        self._shell.notices.status(sentence_of(error), "danger", seconds=6.0)
        self.changed.emit()
