"""On what terms a customer buys, inside the transaction that changes them."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, cast

from posapp.domain.base.errors import DomainError
from posapp.domain.base.money import LIMIT
from posapp.domain.base.names import clean_text
from posapp.domain.customers.customers import REASON_LIMIT, TAX_NUMBER_LIMIT, Terms
from posapp.services.base.edits import differing

if TYPE_CHECKING:
    from posapp.storage.customers.customers import CustomerChange
    from posapp.storage.unit_of_work import UnitOfWork


def new_terms(uow: "UnitOfWork", before: Terms, wanted: Terms) -> "CustomerChange":
    """What changes of a customer's terms; refuses an unknown price level and a limit that is no amount."""
    level = wanted.price_level_id
    if level is not None and level != before.price_level_id:
        uow.price_levels.hold()
        if level not in {one.id for one in uow.price_levels.all()}:
            raise DomainError(
                "price_level_unknown", "There is no such price level in this shop.", field="price_level"
            )
    limit = wanted.account_limit_minor
    if limit is not None and not 0 <= limit < LIMIT:
        raise DomainError(
            "limit_invalid", "Enter how much the customer may owe, or nothing.", field="account_limit"
        )
    checked = Terms(
        level,
        clean_text(wanted.tax_exempt_reason, REASON_LIMIT, "tax_exempt_reason"),
        clean_text(wanted.tax_number, TAX_NUMBER_LIMIT, "tax_number"),
        limit,
    )
    return differing(before, cast("CustomerChange", asdict(checked)))


def told_terms(uow: "UnitOfWork", values: Mapping[str, object]) -> dict[str, object]:
    """Terms as the journal tells them: a price level by its name."""
    told = dict(values)
    key = told.pop("price_level_id", None)
    if "price_level_id" in values:
        level = uow.price_levels.get(key) if isinstance(key, int) else None
        told["price_level"] = level.name if level is not None else None
    return told
