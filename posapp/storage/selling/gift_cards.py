"""Gift cards: found by what is kept of their codes, and the moves that make up what is on them."""

import secrets
from collections.abc import Iterable
from datetime import date
from typing import Any, TypedDict, Unpack

from sqlalchemy import Row, and_, bindparam, func, insert, select

from posapp.domain.base.clock import day_number, day_of, from_us
from posapp.domain.base.numbers import PL, Letter, number_text
from posapp.domain.selling.gift_cards import CardMoveKind, CardUse, GiftCard, code_hash
from posapp.storage.base.quick import Hot, beside
from posapp.storage.base.repository import Repository
from posapp.storage.base.rows import changed_now, linked, made_now
from posapp.storage.customers.tables import customer
from posapp.storage.selling.gift_card_tables import gift_card, gift_move
from posapp.storage.selling.order_tables import ledger_entry, payment
from posapp.storage.selling.tables import shift
from posapp.storage.shop.tables import setting

KEY = "gift_card_key"
"""The setting that keys the hashes of a shop's codes; it is drawn with the first card and never changes."""
_BALANCE = (
    select(func.coalesce(func.sum(gift_move.c.amount_minor), 0))
    .where(
        and_(
            gift_move.c.card_id == gift_card.c.id,
            beside(gift_move.c.business_id) == gift_card.c.business_id,
        )
    )
    .scalar_subquery()
    .label("balance_minor")
)
_CARDS = select(gift_card, customer.c.pl_number, _BALANCE).outerjoin(
    customer, linked(gift_card.c.customer_id, customer)
)
_HERE = gift_card.c.business_id == bindparam("business")
_BY_NUMBER = Hot(_CARDS.where(and_(_HERE, gift_card.c.number == bindparam("number_"))))
_BY_HASH = Hot(_CARDS.where(and_(_HERE, gift_card.c.code_hash == bindparam("hash_"))))
_BY_KEY = Hot(_CARDS.where(and_(_HERE, gift_card.c.id == bindparam("key"))))
_KEYED = Hot(
    select(setting.c.value).where(
        and_(setting.c.business_id == bindparam("business"), setting.c.name == bindparam("named"))
    )
)


class NewMove(TypedDict, total=False):
    """What a move of a card comes from."""

    order_id: int | None
    line_id: int | None
    payment_id: int | None
    business_day: int


class GiftCards(Repository):
    """The gift cards of one business."""

    # -- read ----------------------------------------------------------------------------------------
    def by_code(self, code: str) -> GiftCard | None:
        """The card of a code."""
        key = self._key()
        return self._first(_BY_HASH, hash_=code_hash(code, key)) if key else None

    def by_number(self, number: int) -> GiftCard | None:
        """The card of a number."""
        return self._first(_BY_NUMBER, number_=number)

    def get(self, key: int) -> GiftCard | None:
        """One card."""
        return self._first(_BY_KEY, key=key)

    def latest(self, limit: int) -> list[GiftCard]:
        """The cards that were sold last, the newest first."""
        wanted = _CARDS.where(gift_card.c.business_id == self._business)
        rows = self._connection.execute(wanted.order_by(gift_card.c.number.desc()).limit(limit))
        return [_card(row) for row in rows]

    def outstanding(self) -> int:
        """What the shop owes to the holders of all its cards."""
        owed = select(func.coalesce(func.sum(gift_move.c.amount_minor), 0))
        found = self._connection.execute(owed.where(gift_move.c.business_id == self._business))
        return int(found.scalar_one())

    def last_use(self, key: int) -> CardUse | None:
        """When and at which till a card paid last."""
        wanted = (
            select(shift.c.till, gift_move.c.created_at)
            .join(payment, linked(gift_move.c.payment_id, payment))
            .join(shift, linked(payment.c.shift_id, shift))
            .where(
                and_(
                    beside(gift_move.c.business_id) == self._business,
                    gift_move.c.card_id == key,
                    gift_move.c.kind == CardMoveKind.USED.value,
                )
            )
        )
        row = self._connection.execute(wanted.order_by(gift_move.c.id.desc()).limit(1)).first()
        return CardUse(row.till, from_us(row.created_at)) if row else None

    def that_paid(self, order_id: int) -> dict[int, int]:
        """What each card paid for an order, less what it was given back of it: by the key of the card."""
        wanted = (
            select(gift_move.c.card_id, (-func.sum(ledger_entry.c.amount_minor)).label("amount_minor"))
            .select_from(ledger_entry)
            .join(
                gift_move,
                and_(
                    gift_move.c.payment_id == ledger_entry.c.payment_id,
                    beside(gift_move.c.business_id) == ledger_entry.c.business_id,
                ),
            )
            .where(
                and_(
                    beside(ledger_entry.c.business_id) == self._business,
                    ledger_entry.c.order_id == order_id,
                    ledger_entry.c.account == "debt",
                )
            )
            .group_by(gift_move.c.card_id)
            .order_by(gift_move.c.card_id)
        )
        return {row.card_id: int(row.amount_minor) for row in self._connection.execute(wanted)}

    def hold(self, keys: Iterable[int]) -> None:
        """Keep other tills from cards until this transaction ends; read them afterwards."""
        for key in sorted(set(keys)):
            self._connection.execute(
                select(gift_card.c.id)
                .where(and_(gift_card.c.business_id == self._business, gift_card.c.id == key))
                .with_for_update()
            )

    def _first(self, statement: Hot, **keys: object) -> GiftCard | None:
        row = self._connection.execute(statement, {"business": self._business, **keys}).first()
        return _card(row) if row else None

    def _key(self) -> str:
        row = self._connection.execute(_KEYED, {"business": self._business, "named": KEY}).first()
        return str(row.value) if row else ""

    # -- write ---------------------------------------------------------------------------------------
    def add(self, number: int, code: str, *, customer_id: int | None, expires_on: date | None) -> int:
        """Keep a card, but not its code; returns its key. Its number was drawn in this transaction."""
        key = self._key()
        if not key:  # whoever draws the first number holds the counter: nobody else draws this meanwhile
            key = secrets.token_hex(16)
            self._connection.execute(
                insert(setting), {"business_id": self._business, "name": KEY, "value": key}
            )
        return self._add(
            gift_card,
            {
                "number": number,
                "code_hash": code_hash(code, key),
                "last_four": code[-4:],
                "customer_id": customer_id,
                "expires_on": day_number(expires_on) if expires_on else None,
                **made_now(self._at, self._by),
            },
        )

    def extend(self, key: int, expires_on: date | None) -> None:
        """Let a card be good until then."""
        values = {"expires_on": day_number(expires_on) if expires_on else None}
        self._change(gift_card, key, {**values, **changed_now(gift_card, self._at, self._by)})

    def move(self, card_id: int, kind: CardMoveKind, amount_minor: int, **cause: Unpack[NewMove]) -> int:
        """What is on a card grows by so much, or (below zero) less; returns the key of the move."""
        stamps = {"created_at": self._at, "created_by": self._by}
        values = {"card_id": card_id, "kind": kind.value, "amount_minor": amount_minor}
        return self._add(gift_move, {**values, **cause, **stamps})


def _card(row: Row[Any]) -> GiftCard:
    return GiftCard(
        row.id,
        number_text(Letter.GIFT_CARD, row.number),
        row.last_four,
        row.customer_id,
        f"{PL}{row.pl_number}" if row.pl_number else "",
        day_of(row.expires_on) if row.expires_on else None,
        int(row.balance_minor),
        from_us(row.created_at),
        row.created_by,
    )
