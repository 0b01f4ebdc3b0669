"""What is asked for and given when a paper is made: which one, of which record, and what stands on it."""

import dataclasses
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from posapp.domain.base.clock import wall_of
from posapp.domain.base.errors import DomainError
from posapp.domain.base.numbers import Letter, letter_of
from posapp.domain.papers.documents import USUAL, Document, PaperKind, ShopHeader
from posapp.domain.shop.businesses import Business

if TYPE_CHECKING:
    from posapp.storage.unit_of_work import UnitOfWork

# A paper keeps the names, the shop and the moment of its day; it is out of date when anything else differs.
OF_ITS_DAY = frozenset(
    {"shop", "pl_id", "customer_name", "customer_phone", "made_at", "made_by", "terms", "seal"}
    | {"buyer_address", "buyer_tax_id", "dues", "left_minor"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperOf:
    """Which paper of which record: "B12" has a slip, "T12" a claim ticket, labels, an estimate, a hand-back.

    `kind` None is the record's usual paper; `position` tells which device a label is for.
    """

    number: str
    kind: PaperKind | None = None
    position: int = 1

    @property
    def what(self) -> PaperKind:
        """The kind that is meant."""
        return self.kind or USUAL.get(letter_of(self.number), PaperKind.BOOKING_SLIP)


@dataclass(frozen=True, slots=True)
class Content:
    """A fresh paper and where it belongs; `key` tells papers of one number apart."""

    number: str
    key: str
    document: Document
    customer_id: int | None
    booking_id: int | None


def still_holds(kept: Document, fresh: Document) -> bool:
    """Whether a paper given out earlier says what a new one would say, the facts of its day aside."""
    if type(kept) is not type(fresh):
        return False
    names = (field.name for field in dataclasses.fields(fresh) if field.name not in OF_ITS_DAY)
    return all(getattr(kept, name) == getattr(fresh, name) for name in names)


def paper_of(document: Document) -> PaperOf:
    """What to ask for to get the paper again, as it would be now."""
    return PaperOf(number=document.number, kind=document.kind, position=document.position)


class PaperSource(Protocol):
    """What a part of the trade knows about the papers of its records; `letter` begins their numbers."""

    letter: Letter

    def hold(self, uow: "UnitOfWork", number: str) -> None:
        """Keep other tills from giving out the same copy of a paper until this transaction ends."""

    def content(self, uow: "UnitOfWork", wanted: PaperOf) -> Content:
        """The paper as it would be made now; refuses one that the record does not have."""


def no_such_paper(number: str) -> DomainError:
    """The record has no paper of that kind."""
    return DomainError("paper_unknown", f"{number} has no such paper.", field="kind")


def made_at(uow: "UnitOfWork", business: Business) -> str:
    """The shop's date and time of now, as papers keep it."""
    return wall(uow.now, business)


def made_by(uow: "UnitOfWork") -> str:
    """Till and user, as papers name them."""
    return ", ".join(filter(None, (uow.actor.till, uow.actor.user)))


def wall(at: datetime | None, business: Business) -> str:
    """A moment by the shop's clock, as papers keep it; "" for none."""
    return wall_of(at, business.time_zone).isoformat(timespec="minutes") if at else ""


def header(business: Business) -> ShopHeader:
    """The shop as it stands at the head of a paper made now."""
    return ShopHeader(
        name=business.name,
        address=business.address,
        phone=business.phone,
        email=business.email,
        website=business.website,
        tax_id=business.tax_id,
        logo=business.logo,
        locale=business.locale.replace("-", "_"),
        currency=business.currency,
        time_zone=business.time_zone,
    )
