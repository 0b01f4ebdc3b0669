"""For how many years papers for the tax office keep the name of somebody who is forgotten."""

from typing import TYPE_CHECKING

from posapp.domain.base.errors import DomainError
from posapp.domain.base.numbers import kept_whole
from posapp.domain.customers.privacy import MOST_TAX_YEARS, TAX_YEARS

if TYPE_CHECKING:
    from posapp.storage.unit_of_work import UnitOfWork

YEARS = "tax_years"
"""The setting."""


def years_of(uow: "UnitOfWork") -> int:
    """For how many years tax papers keep the name."""
    return kept_whole(uow.businesses.settings().get(YEARS), TAX_YEARS, most=MOST_TAX_YEARS)


def check_years(years: int) -> int:
    """A number of years; `DomainError` tax_years_invalid."""
    if not 0 <= years <= MOST_TAX_YEARS:
        raise DomainError(
            "tax_years_invalid", f"Enter between 0 and {MOST_TAX_YEARS} years.", field="tax_years"
        )
    return years
