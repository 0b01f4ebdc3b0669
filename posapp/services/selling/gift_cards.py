"""The gift card desk: what is on a card, what the shop owes to all who hold one, and how long they are good.

Cards are sold, topped up and taken by the order desk, as lines and tenders of a sale.
"""

from typing import TYPE_CHECKING

from posapp.domain.base.actions import Action
from posapp.domain.base.actor import Actor, Permission
from posapp.domain.base.clock import day_number
from posapp.domain.base.errors import DomainError
from posapp.domain.selling.carts import CartLine, LineKind
from posapp.domain.selling.gift_cards import (
    LAST,
    CardMoveKind,
    GiftCard,
    check_code,
    check_months,
    is_mistyped,
    plain_code,
)
from posapp.services.selling.card_moves import MONTHS, months_of, move_card, refuse_expired, require_card

if TYPE_CHECKING:
    from posapp.storage.unit_of_work import Store


class GiftCardDesk:
    """Looks at gift cards, and ends those that are no longer good."""

    def __init__(self, store: "Store") -> None:
        self._store = store

    def balance(self, actor: Actor, code: str) -> GiftCard:
        """The card of a code, or of its number in the books (G1)."""
        actor.require(Permission.GIFT_CARD_READ)
        with self._store.look(actor, snapshot=True) as uow:
            return require_card(uow, code)

    def latest(self, actor: Actor, limit: int) -> list[GiftCard]:
        """The cards that were sold last, the newest first."""
        actor.require(Permission.GIFT_CARD_READ)
        with self._store.look(actor, snapshot=True) as uow:
            return uow.gift_cards.latest(limit)

    def outstanding(self, actor: Actor) -> int:
        """What the shop owes to the holders of all cards."""
        actor.require(Permission.GIFT_CARD_READ)
        with self._store.look(actor) as uow:
            return uow.gift_cards.outstanding()

    def line(self, actor: Actor, minor: int, code: str = "", *, printed: str = "") -> CartLine:
        """A line of a cart that sells a new card, or tops up the one of a code.

        `printed` is what stands on a new card that was printed elsewhere; the line tells its end.
        """
        actor.require(Permission.GIFT_CARD_READ)
        if not code:
            text = f"Gift card •••• {check_code(printed)[-LAST:]}" if printed else "Gift card"
            return CartLine(kind=LineKind.GIFT_CARD, text=text, unit_minor=minor)
        with self._store.look(actor, snapshot=True) as uow:
            card = require_card(uow, code)
            refuse_expired(uow, card)
        text = f"Top-up of gift card {card.number}"
        return CartLine(kind=LineKind.GIFT_CARD, text=text, unit_minor=minor, card=card.id)

    def load_line(self, actor: Actor, minor: int, code: str) -> tuple[CartLine, str]:
        """A line for the card with that code, whoever printed it: a known one is topped up.

        An unknown code is that of a new card and comes back with its line, unless it is one of ours with a
        slip of the pen. Without a code the shop makes one.
        """
        actor.require(Permission.GIFT_CARD_READ)
        try:
            return self.line(actor, minor, code), ""
        except DomainError as error:
            if error.code != "giftcard_unknown" or is_mistyped(plain_code(code)):
                raise
        return self.line(actor, minor, printed=code), plain_code(code)

    def expire(self, actor: Actor, number: str) -> GiftCard:
        """Take what is left off a card that is no longer good: the shop owes it no more."""
        actor.require(Permission.GIFT_CARD_EXPIRE)
        with self._store.work(actor) as uow:
            key = require_card(uow, number).id
            uow.gift_cards.hold([key])
            card = uow.gift_cards.get(key)
            assert card is not None
            today = uow.businesses.get().day_of(uow.now)
            if not card.is_expired(today):
                raise DomainError("giftcard_good", f"{card.number} is still good.", field="code")
            if not card.balance_minor:
                raise DomainError("giftcard_empty", f"There is nothing on {card.number}.", field="code")
            move_card(uow, card, CardMoveKind.EXPIRED, -card.balance_minor, day=day_number(today))
            made = uow.gift_cards.get(key)
            assert made is not None
            uow.commit()
        return made

    def months(self, actor: Actor) -> int:
        """For how many months a card is good from the day it is loaded; 0: for ever."""
        actor.require(Permission.GIFT_CARD_READ)
        with self._store.look(actor) as uow:
            return months_of(uow)

    def set_months(self, actor: Actor, months: int) -> int:
        """Let cards that are loaded from now on be good for so long; others stay as they are."""
        actor.require(Permission.SHOP_WRITE)
        check_months(months)
        with self._store.work(actor) as uow:
            before = months_of(uow)
            if months != before:
                uow.businesses.set_setting(MONTHS, str(months))
                uow.journal.add(
                    Action.GIFT_CARD_MONTHS,
                    "business",
                    actor.business,
                    before={"months": before},
                    after={"months": months},
                )
                uow.commit()
        return months
