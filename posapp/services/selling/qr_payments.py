"""The desk of codes to be paid by: one for each amount, with what it is about in it."""

from dataclasses import replace
from typing import TYPE_CHECKING

from posapp.domain.base.actor import Actor, Permission
from posapp.domain.selling.qr_payments import QrPayment, payee_of, qr_payment

if TYPE_CHECKING:
    from posapp.storage.unit_of_work import Store


class QrPaymentDesk:
    """Makes the codes; that somebody paid is seen by a person, never here."""

    def __init__(self, store: "Store") -> None:
        self._store = store

    def code(self, actor: Actor, amount_minor: int, about: str) -> QrPayment | None:
        """The code that asks for an amount, with its picture; None where the shop cannot be paid so.

        `about` is a number of the shop: T12, S2207, or the reference of the open sale (H7).
        """
        from posapp.printing.base.codes import qr_picture

        actor.require(Permission.SHOP_READ)
        with self._store.look(actor) as uow:
            business = uow.businesses.get()
        made = qr_payment(payee_of(business), business.currency, amount_minor, about)
        return replace(made, png=qr_picture(made.payload)) if made is not None else None
