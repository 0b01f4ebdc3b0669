"""The papers of gift cards: what is on a card at this moment. Its code is known to one print alone."""

from typing import TYPE_CHECKING

from posapp.domain.base.numbers import Letter, number_of
from posapp.domain.papers.documents import PaperKind
from posapp.domain.selling.gift_cards import GiftCard
from posapp.domain.selling.sale_papers import GiftCardPaper
from posapp.services.customers.customers import require_customer
from posapp.services.papers.content import Content, PaperOf, header, made_at, made_by, no_such_paper
from posapp.services.selling.card_moves import require_card

if TYPE_CHECKING:
    from posapp.storage.unit_of_work import UnitOfWork


class GiftCardPapers:
    """Where the papers of gift cards come from."""

    letter = Letter.GIFT_CARD

    def hold(self, uow: "UnitOfWork", number: str) -> None:
        """Keep other tills from giving out the same copy until this transaction ends."""
        uow.gift_cards.hold([_numbered(uow, number).id])

    def content(self, uow: "UnitOfWork", wanted: PaperOf) -> Content:
        """A card with what is on it now: after each use and top-up it is another paper."""
        card, kind = _numbered(uow, wanted.number), PaperKind.GIFT_CARD
        if wanted.what != kind:
            raise no_such_paper(card.number)
        return Content(card.number, kind.value, _paper(uow, card), card.customer_id, None)


def _numbered(uow: "UnitOfWork", text: str) -> GiftCard:
    """The card of a number: papers are asked for by numbers, never by codes."""
    number = number_of(text, Letter.GIFT_CARD)
    return require_card(uow, f"{Letter.GIFT_CARD}{number}" if number is not None else text)


def _paper(uow: "UnitOfWork", card: GiftCard) -> GiftCardPaper:
    business = uow.businesses.get()
    customer = require_customer(uow, card.customer_id) if card.customer_id is not None else None
    return GiftCardPaper(
        shop=header(business),
        number=card.number,
        pl_id=card.pl_id,
        customer_name=customer.shown_name(business.region) if customer else "",
        customer_phone="",
        contact_name="",
        made_at=made_at(uow, business),
        made_by=made_by(uow),
        terms=business.terms,
        last_four=card.last_four,
        balance_minor=card.balance_minor,
        expires=card.expires_on.isoformat() if card.expires_on else "",
    )
