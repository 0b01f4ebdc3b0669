"""What lies on the table for a sale: its tenders, what they leave open, and the change. Plain values."""

from dataclasses import dataclass, replace

from posapp.domain.base.errors import DomainError
from posapp.domain.selling.amounts import Settled, rounded_cash, settle
from posapp.domain.selling.payments import Tender, Tendered
from posapp.ui.wording import translator

_tr = translator("Sell")


@dataclass(frozen=True, slots=True)
class OnTable:
    """Tenders for `to_pay_minor`; `step_minor` are the coins that there are. Every step makes another one."""

    to_pay_minor: int = 0
    step_minor: int = 0
    tenders: tuple[Tendered, ...] = ()

    def by(self, *kinds: Tender) -> int:
        """What lies there by these tenders."""
        return sum(one.amount_minor for one in self.tenders if one.tender in kinds)

    @property
    def account_minor(self) -> int:
        """What goes on account: it stays owed."""
        return self.by(Tender.ACCOUNT)

    @property
    def settled(self) -> Settled:
        """How the sale stands; `DomainError` tender_too_much where it became smaller than what was paid."""
        cash = self.by(Tender.CASH) if self._has(Tender.CASH) else None
        others = sum(one.amount_minor for one in self.tenders if one.tender not in _APART)
        if others + self.account_minor > self.to_pay_minor:
            raise DomainError(
                "tender_too_much",
                _tr("The payments are more than what is to pay. Take one of them off."),
                field="amount",
            )
        return settle(self.to_pay_minor - self.account_minor, others, cash, step=self.step_minor)

    @property
    def left_minor(self) -> int:
        """What is still to pay; nothing while the payments are more than that."""
        try:
            return self.settled.owed_minor
        except DomainError:
            return 0

    @property
    def is_covered(self) -> bool:
        """Whether nothing is left to pay."""
        return self.left_minor == 0

    def proposed(self, tender: Tender) -> int:
        """What is asked for by this tender: all that is left, of cash in coins that there are."""
        return rounded_cash(self.left_minor, self.step_minor) if tender is Tender.CASH else self.left_minor

    def with_one(self, one: Tendered) -> "OnTable":
        """One tender more; cash comes to the cash that lies there.

        `DomainError` amount_invalid, tender_too_much.
        """
        if one.amount_minor <= 0:
            raise DomainError("amount_invalid", _tr("Enter an amount above zero."), field="amount")
        if one.tender is not Tender.CASH and one.amount_minor > self.left_minor:
            raise DomainError(
                "tender_too_much", _tr("Only cash can be more than what is still to pay."), field="amount"
            )
        if one.tender is Tender.CASH and self.is_covered:
            raise DomainError("tender_too_much", _tr("Nothing is left to pay."), field="amount")
        return replace(self, tenders=(*self._others_than(one), self._joined(one)))

    def _others_than(self, one: Tendered) -> tuple[Tendered, ...]:
        return tuple(known for known in self.tenders if not _is_same(known, one))

    def _joined(self, one: Tendered) -> Tendered:
        before = sum(known.amount_minor for known in self.tenders if _is_same(known, one))
        return replace(one, amount_minor=one.amount_minor + before)

    def without(self, place: int) -> "OnTable":
        """One of them is taken back."""
        return replace(self, tenders=(*self.tenders[:place], *self.tenders[place + 1 :]))

    def _has(self, tender: Tender) -> bool:
        return any(one.tender is tender for one in self.tenders)


_APART = (Tender.CASH, Tender.ACCOUNT)


def _is_same(known: Tendered, one: Tendered) -> bool:
    """Cash is one heap, an account one debt; each slip of a terminal and each gift card stands alone."""
    return known.tender is one.tender and (known.tender in _APART or known.tender is Tender.CREDIT)
