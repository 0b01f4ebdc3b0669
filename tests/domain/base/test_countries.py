from zoneinfo import ZoneInfo

import pytest

from posapp.domain.base.countries import countries, currencies, habits, languages, time_zones
from posapp.domain.base.locales import check_locale, check_region
from posapp.domain.base.money import decimals


@pytest.mark.parametrize(
    ("region", "currency", "time_zone", "locale"),
    [
        ("IN", "INR", "Asia/Kolkata", "en-IN"),
        ("IE", "EUR", "Europe/Dublin", "en-IE"),
        ("DE", "EUR", "Europe/Berlin", "de-DE"),
        ("BR", "BRL", "America/Sao_Paulo", "pt-BR"),
        ("CN", "CNY", "Asia/Shanghai", "zh-Hans-CN"),
        ("EG", "EGP", "Africa/Cairo", "ar-EG"),
    ],
)
def test_a_country_brings_its_currency_zone_and_language(region, currency, time_zone, locale):
    found = habits(region)
    assert (found.currency, found.time_zone, found.locale) == (currency, time_zone, locale)


def test_this_computers_zone_and_language_win_where_the_country_has_several():
    found = habits("US", own_zone="America/Denver", own_language="es")
    assert (found.time_zone, found.locale) == ("America/Denver", "es-US")
    assert habits("IE", own_zone="America/Denver").time_zone == "Europe/Dublin"


def test_every_country_has_habits_that_a_shop_accepts():
    for region, name in countries():
        found = habits(check_region(region))
        assert name
        assert decimals(found.currency) >= 0
        assert check_locale(found.locale) == found.locale
        assert ZoneInfo(found.time_zone).key == found.time_zone


def test_names_are_in_alphabetical_order_and_codes_are_found_behind_them():
    for named in (countries(), currencies(), languages()):
        words = [name.casefold() for _, name in named]
        assert words == sorted(words)
    assert ("EUR", "Euro, EUR") in currencies()
    assert ("en-IN", "English (India)") in languages()
    assert "UTC" in time_zones() and "Asia/Kolkata" in time_zones()
