"""What the settings of a shop may be; each refusal names its field."""

from collections.abc import Sequence
from dataclasses import replace

from posapp.domain.base.clock import check_zone
from posapp.domain.base.emails import check_email
from posapp.domain.base.errors import DomainError
from posapp.domain.base.locales import check_locale, check_region
from posapp.domain.base.money import LIMIT, decimals
from posapp.domain.base.names import check_name, clean_text
from posapp.domain.shop import hours
from posapp.domain.shop.businesses import TEXT_LIMITS, ExceptionRow, TaxRounding, WeekRow
from posapp.domain.shop.hours import DAY, HourSpan
from posapp.domain.shop.payees import checked_payee
from posapp.domain.shop.phones import check_shop_phone

MOST_ROUNDING = 1_000_000


def checked(values: dict[str, object], region: str = "") -> dict[str, object]:
    """The shop's settings in stored form; each refusal names its field. `region`: where the shop is."""
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
    if "phone" in found:
        found["phone"] = check_shop_phone(str(found["phone"]), str(found.get("region", region)))
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
    """Refuse hours that close before they open or last more than a day, in minutes of their first day."""
    if not (0 <= starts < DAY and starts < ends <= starts + DAY):
        raise DomainError("hours_invalid", "Enter a closing time after the opening time.", field="hours")


def checked_week(rows: Sequence[WeekRow], shop: Sequence[WeekRow]) -> list[WeekRow]:
    """A week in stored form; refuses hours that end before they begin or overlap, and breaks outside of them.

    Without hours of its own a person or bench has those of the `shop`.
    """
    for row in rows:
        check_span(row.starts, row.ends)
    inherited = [] if any(row.kind == "open" for row in rows) else [row for row in shop if row.kind == "open"]
    hours.check_week([(row.weekday, row.kind, HourSpan(row.starts, row.ends)) for row in (*rows, *inherited)])
    return [replace(row, label=clean_text(row.label, hours.LONGEST_LABEL, "breaks")) for row in rows]


def checked_day(rows: Sequence[ExceptionRow]) -> list[ExceptionRow]:
    """A special day in stored form; refuses hours that close before they open, overlap, or are *closed*."""
    for row in rows:
        if row.opens is not None and row.closes is not None:
            check_span(row.opens, row.closes)
    if len(rows) > 1 and any(row.opens is None for row in rows):
        sentence = "A closed day has no hours. Enter one or the other."
        raise DomainError("hours_overlap", sentence, field="hours")
    spans = [HourSpan(row.opens, row.closes or 0) for row in rows if row.opens is not None]
    hours.check_week([(0, "open", span) for span in spans])
    return [replace(row, reason=clean_text(row.reason, hours.LONGEST_REASON, "reason")) for row in rows]
