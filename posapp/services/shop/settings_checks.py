"""What the settings of a shop may be; each refusal names its field."""

from collections.abc import Sequence
from itertools import pairwise

from posapp.domain.base.clock import check_zone
from posapp.domain.base.emails import check_email
from posapp.domain.base.errors import DomainError
from posapp.domain.base.locales import check_locale, check_region
from posapp.domain.base.money import LIMIT, decimals
from posapp.domain.base.names import check_name, clean_text
from posapp.domain.shop.businesses import TEXT_LIMITS, TaxRounding, WeekRow
from posapp.domain.shop.payees import checked_payee

CLOSING_LIMIT = 1440
MOST_ROUNDING = 1_000_000


def checked(values: dict[str, object]) -> dict[str, object]:
    """The shop's settings in stored form; each refusal names its field."""
    found = dict(values)
    for name, most in TEXT_LIMITS.items():
        if name in found:
            found[name] = clean_text(str(found[name]), most, name)
    found |= checked_payee(found)
    if "name" in found:
        found["name"] = check_name(str(found["name"]))
    if "email" in found:
        found["email"] = check_email(str(found["email"]))
    if "region" in found:
        found["region"] = check_region(str(found["region"]))
    if "currency" in found:
        found["currency"] = str(found["currency"]).strip().upper()
        decimals(str(found["currency"]))
    if "time_zone" in found:
        check_zone(str(found["time_zone"]))
    if found.get("locale"):
        found["locale"] = check_locale(str(found["locale"]))
    if "tax_rounding" in found:
        found["tax_rounding"] = TaxRounding(str(found["tax_rounding"])).value
    step = found.get("cash_rounding_minor", 0)
    if not isinstance(step, int) or not 0 <= step <= MOST_ROUNDING:
        raise DomainError(
            "rounding_invalid", "Enter the smallest coin, such as 0.05, or 0.", field="cash_rounding"
        )
    limit = found.get("account_limit_minor", 0)
    if not isinstance(limit, int) or not 0 <= limit < LIMIT:
        raise DomainError(
            "limit_invalid", "Enter how much a customer may owe, such as 100, or 0.", field="account_limit"
        )
    cutover = found.get("cutover_minutes", 0)
    if not isinstance(cutover, int) or not 0 <= cutover < 720:
        raise DomainError(
            "cutover_invalid", "The business day must begin before noon.", field="cutover_minutes"
        )
    return found


def check_span(starts: int, ends: int) -> None:
    """Refuse hours that close before they open, in minutes of a day."""
    if not 0 <= starts < ends <= CLOSING_LIMIT:
        raise DomainError("hours_invalid", "Enter a closing time after the opening time.", field="hours")


def check_week(rows: Sequence[WeekRow]) -> None:
    """Refuse hours that close before they open, and spans that overlap."""
    for row in rows:
        check_span(row.starts, row.ends)
    for kind in ("open", "break"):
        for weekday in range(7):
            spans = sorted(
                (row.starts, row.ends) for row in rows if row.kind == kind and row.weekday == weekday
            )
            if any(second[0] < first[1] for first, second in pairwise(spans)):
                raise DomainError("hours_overlap", "Two spans of one day overlap.", field="hours")
