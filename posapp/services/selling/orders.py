"""The order desk: sales that are rung up, held, completed and paid, at whichever till."""

import logging
from dataclasses import replace
from typing import TYPE_CHECKING

from posapp.domain.base.actions import Action
from posapp.domain.base.actor import Actor, Permission
from posapp.domain.base.errors import DomainError
from posapp.domain.base.names import clean_text
from posapp.domain.base.numbers import Letter, number_of, number_text
from posapp.domain.customers.customers import Customer
from posapp.domain.selling.carts import Cart, cart_text
from posapp.domain.selling.orders import NOTE_LIMIT, HeldSale, Order, OrderStatus
from posapp.services.customers.customers import find_or_create, require_customer, usable_customer
from posapp.services.selling.completing import complete
from posapp.services.selling.debts import pay_debt
from posapp.services.selling.finding import require_order
from posapp.services.selling.order_commands import Counter, Hold, Paid, Pay, Scanned, Sell, Sold
from posapp.services.selling.order_papers import queue_payment, queue_receipt
from posapp.services.selling.ringing_up import counter_of, meaning_of, priced_anew

if TYPE_CHECKING:
    from posapp.storage.unit_of_work import Store, UnitOfWork

log = logging.getLogger(__name__)


class OrderDesk:
    """Rings up, holds, completes and finds sales."""

    def __init__(self, store: "Store") -> None:
        self._store = store

    # -- looking -------------------------------------------------------------------------------------
    def counter(self, actor: Actor, customer_id: int | None = None) -> Counter:
        """What a sale to this customer, or to nobody in particular, begins with."""
        actor.require(Permission.ORDER_READ)
        with self._store.look(actor, snapshot=True) as uow:
            return counter_of(uow, require_customer(uow, customer_id) if customer_id is not None else None)

    def scanned(self, actor: Actor, text: str, customer_id: int | None = None) -> Scanned:
        """What a scanned code, a number, a price with words or words mean in a sale to this customer."""
        actor.require(Permission.ORDER_READ)
        with self._store.look(actor, snapshot=True) as uow:
            customer = require_customer(uow, customer_id) if customer_id is not None else None
            return meaning_of(uow, text, customer)

    def priced_anew(self, actor: Actor, cart: Cart, customer_id: int | None = None) -> Cart:
        """A cart as it is priced and taxed for this customer today; a price that was changed stays."""
        actor.require(Permission.ORDER_READ)
        with self._store.look(actor, snapshot=True) as uow:
            customer = require_customer(uow, customer_id) if customer_id is not None else None
            return priced_anew(uow, cart, customer)

    def get(self, actor: Actor, number: str) -> Order:
        """The sale or refund of that number, or the one that a payment (P12) belongs to."""
        actor.require(Permission.ORDER_READ)
        with self._store.look(actor, snapshot=True) as uow:
            return require_order(uow, number)

    def latest(self, actor: Actor, limit: int, *, customer_id: int | None = None) -> list[Order]:
        """The sales and refunds of all tills, the newest first; or those of one customer."""
        actor.require(Permission.ORDER_READ)
        with self._store.look(actor, snapshot=True) as uow:
            return uow.orders.latest(limit, customer_id=customer_id)

    def held(self, actor: Actor) -> list[HeldSale]:
        """The sales that wait, and those that some till has in hand, the oldest first."""
        actor.require(Permission.ORDER_READ)
        with self._store.look(actor, snapshot=True) as uow:
            return uow.orders.waiting()

    # -- writing -------------------------------------------------------------------------------------
    def sell(self, actor: Actor, command: Sell) -> Sold:
        """Complete a sale: lines, stock, payments, ledger, totals and number, all or nothing."""
        actor.require(Permission.ORDER_WRITE)
        with self._store.work(actor) as uow:
            waiting = waiting_sale(uow, command.held) if command.held else None
            customer, created, other_name = _customer_of(uow, command, waiting)
            if waiting is not None and waiting.is_from_kiosk:
                command = replace(command, source=waiting.source)
            key, codes = complete(uow, command, customer, waiting.id if waiting else None)
            order = uow.orders.get(key)
            assert order is not None
            job_id = queue_receipt(uow, order, command.output)
            uow.commit()
        log.info("sold %s", order.number)
        return Sold(order, created, other_name, job_id, codes)

    def hold(self, actor: Actor, command: Hold) -> HeldSale:
        """Let a sale wait for any till, under a reference of its own."""
        actor.require(Permission.ORDER_WRITE)
        with self._store.work(actor) as uow:
            made = hold_sale(uow, command)
            uow.commit()
        return made

    def recall(self, actor: Actor, reference: str, *, anyway: bool = False) -> HeldSale:
        """Take a sale that waits in hand at this till; `anyway` takes it out of another till's."""
        actor.require(Permission.ORDER_WRITE)
        with self._store.work(actor) as uow:
            waiting = waiting_sale(uow, reference)
            if waiting.status is OrderStatus.OPEN and waiting.till != actor.till and not anyway:
                since = uow.businesses.get().clock_of(waiting.at, uow.now)
                raise DomainError(
                    "held_elsewhere",
                    f"{waiting.reference} is in hand at {waiting.till} since {since}.",
                    field="held",
                    till=waiting.till,
                )
            uow.orders.update(waiting.id, status=OrderStatus.OPEN.value, till=actor.till)
            after = {"till": actor.till}
            uow.journal.add(Action.ORDER_RECALLED, "order", waiting.id, ref=waiting.reference, after=after)
            made = waiting_sale(uow, reference)
            uow.commit()
        return made

    def drop(self, actor: Actor, reference: str, reason: str = "") -> None:
        """Give up a sale that waits; what was in it stays on record."""
        actor.require(Permission.ORDER_WRITE)
        reason = clean_text(reason, NOTE_LIMIT, "reason")
        with self._store.work(actor) as uow:
            drop_sale(uow, waiting_sale(uow, reference), reason)
            uow.commit()

    def pay(self, actor: Actor, command: Pay) -> Paid:
        """Take money for a sale that is not yet paid, or for the oldest debts of a customer."""
        actor.require(Permission.ORDER_WRITE)
        with self._store.work(actor) as uow:
            made = pay_debt(uow, command)
            jobs = [queue_payment(uow, one, command.output) for one in made.payments]
            uow.commit()
        return replace(made, job_ids=tuple(filter(None, jobs)))


# -- inside a transaction ------------------------------------------------------------------------------
def hold_sale(uow: "UnitOfWork", command: Hold) -> HeldSale:
    """Let a sale wait, a new one or the one of that reference."""
    if not command.cart.lines:
        raise DomainError("cart_empty", "Add an item first.", field="line")
    note = clean_text(command.note, NOTE_LIMIT, "note")
    if command.customer_id is not None:
        usable_customer(uow, command.customer_id)
    waiting = waiting_sale(uow, command.held) if command.held else None
    status, text = OrderStatus.HELD.value, cart_text(command.cart)
    if waiting is None:
        number = uow.counters.next(Letter.HELD)
        key = uow.orders.add(
            held_number=number,
            status=status,
            source=command.source.value,
            cart=text,
            customer_id=command.customer_id,
            note=note,
        )
    else:
        key, number = waiting.id, number_of(waiting.reference, Letter.HELD) or 0
        uow.orders.update(key, status=status, till="", cart=text, customer_id=command.customer_id, note=note)
    reference = number_text(Letter.HELD, number)
    after = {"lines": len(command.cart.lines)}
    uow.journal.add(Action.ORDER_HELD, "order", key, ref=reference, after=after)
    return waiting_sale(uow, reference)


def drop_sale(uow: "UnitOfWork", waiting: HeldSale, reason: str) -> None:
    """Give up a sale that waits."""
    at, by = uow.stamp
    uow.orders.update(
        waiting.id, status=OrderStatus.VOIDED.value, voided_at=at, voided_by=by, void_reason=reason
    )
    after = {"reason": reason}
    uow.journal.add(Action.ORDER_DROPPED, "order", waiting.id, ref=waiting.reference, after=after)


def waiting_sale(uow: "UnitOfWork", reference: str) -> HeldSale:
    """The sale that waits, kept from other tills until this transaction ends."""
    digits = number_of(reference, Letter.HELD)
    found = uow.orders.held(digits) if digits is not None else None
    if found is not None and digits is not None:
        uow.orders.hold(found.id)
        found = uow.orders.held(digits)
    if found is None:
        raise DomainError(
            "held_unknown",
            f"There is no sale {reference.strip()[:20]} that waits. It was completed or given up.",
            field="held",
        )
    return found


def _customer_of(
    uow: "UnitOfWork", command: Sell, waiting: HeldSale | None
) -> tuple[Customer | None, bool, str]:
    if command.who is not None:
        found = find_or_create(uow, command.who)
        return found.customer, found.created, found.other_name
    key = command.customer_id
    if key is None and waiting is not None:
        key = waiting.customer_id
    return (usable_customer(uow, key) if key is not None else None), False, ""
