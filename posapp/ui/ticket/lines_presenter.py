"""What the lines of a ticket ask of the desks."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from posapp.domain.base.actor import Permission
from posapp.domain.repairs.lines import TicketLines
from posapp.domain.repairs.parts import PartState
from posapp.services.repairs.estimates import AskEstimate
from posapp.services.repairs.line_choices import LineChoice
from posapp.ui.presenter import Asked, Done, Failed, Presenter
from posapp.ui.ticket.lines_rows import LineRow
from posapp.ui.tickets.estimate.presenter import EstimateDraft

if TYPE_CHECKING:
    from posapp.domain.base.actor import Actor
    from posapp.domain.repairs.estimates import Estimate
    from posapp.services.counter.paying import Paying
    from posapp.services.desks import Shop


@dataclass(frozen=True, slots=True)
class LinesRead:
    """The lines and how things stand with money; None for who may not see that.

    `leaving_minor` is what is to pay before those devices leave that are done, None where none is.
    """

    lines: TicketLines
    paying: "Paying | None"
    leaving_minor: int | None


class LinesPresenter(Presenter):
    """Of one ticket at a time."""

    topic = "lines"
    number = ""

    def load(self, done: Done[LinesRead], failed: Failed, *, is_done: bool) -> None:
        """Everything that the panel shows; `is_done`: a device can be handed over."""
        number = self.number

        def work(shop: "Shop", actor: "Actor") -> LinesRead:
            tells_money = actor.may(Permission.ORDER_READ) and actor.may(Permission.BOOKING_READ)
            paying = shop.counter.paying(actor, number) if tells_money else None
            owing = shop.counter.owing(actor, number) if tells_money and is_done else None
            leaving = owing.left_minor if owing is not None else None
            return LinesRead(shop.estimates.lines(actor, number), paying, leaving)

        self.read(work, done, failed)

    def choices(self, words: str, position: int, done: Done[list[LineChoice]]) -> None:
        """What words could mean; a newer question drops this one, and a refusal says nothing."""
        number = self.number
        self.read(
            lambda shop, actor: shop.estimates.choices(actor, number, words, position=position),
            done,
            topic="choices",
            lane=self.session.lanes.search,
        )

    def meant(self, words: str, position: int, done: Done[list[LineChoice]], failed: Failed) -> None:
        """What was entered or scanned means; each is answered."""
        number = self.number
        self.do(
            lambda shop, actor: shop.estimates.choices(actor, number, words, position=position),
            done,
            failed,
        )

    def ask(self, draft: EstimateDraft, done: "Done[Estimate]", failed: Failed) -> None:
        """Make the lines a version."""
        lines, seen = tuple(draft.lines), draft.seen_version
        command = AskEstimate(number=self.number, lines=lines, seen_version=seen)
        self.do(lambda shop, actor: shop.estimates.ask(actor, command), done, failed)

    # -- parts ---------------------------------------------------------------------------------------
    def use(self, row: LineRow) -> Asked | None:
        """What uses the part of a row: what is set aside for it, else what is missing; None: no part is."""
        reserved = row.taken(PartState.RESERVED)
        if reserved is not None:
            key = reserved.id
            return lambda shop, actor: shop.parts.use(actor, key)
        if row.sight is None or not row.sight.missing:
            return None
        number, line, pieces = self.number, row.sight.line, row.sight.missing
        return lambda shop, actor: shop.parts.use_now(
            actor, number, line.item_id or 0, position=line.position, quantity=pieces
        )

    def reserve(self, row: LineRow) -> Asked | None:
        """What sets aside what is missing of a row; None: nothing is."""
        if row.sight is None or not row.sight.missing:
            return None
        number, line, pieces = self.number, row.sight.line, row.sight.missing
        return lambda shop, actor: shop.parts.reserve(
            actor, number, line.item_id or 0, position=line.position, quantity=pieces
        )

    @staticmethod
    def put_back(row: LineRow) -> Asked | None:
        """What puts the part of a row back on the shelf; None: none was taken."""
        part = row.taken(PartState.RESERVED) or row.taken(PartState.USED)
        if part is None:
            return None
        key = part.id
        return lambda shop, actor: shop.parts.give_back(actor, key)

    @staticmethod
    def scrap(row: LineRow, reason: str) -> Asked | None:
        """What writes the part of a row off, with a reason; None: none was taken."""
        part = row.taken(PartState.USED) or row.taken(PartState.RESERVED)
        if part is None:
            return None
        key = part.id
        return lambda shop, actor: shop.parts.scrap(actor, key, reason)
