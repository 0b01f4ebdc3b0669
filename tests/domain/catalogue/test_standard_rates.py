"""Standard rates that the first start offers."""

from posapp.domain.base.countries import countries
from posapp.domain.catalogue.standard_rates import _RATES, standard_rate
from posapp.domain.catalogue.taxes import check_rate, percent_text


def test_a_country_has_one_standard_rate_or_none_and_each_is_one() -> None:
    known = [region for rates in _RATES.values() for region in rates]
    assert len(known) == len(set(known)) > 35
    assert set(known) <= dict(countries()).keys()
    for region in known:
        found = standard_rate(region)
        assert found is not None
        check_rate(found.rate, found.parts)
        assert 0 < found.rate < 300_000
    assert standard_rate("US") is None


def test_the_rates_of_some_countries() -> None:
    told = {region: standard_rate(region) for region in ("DE", "CH", "IN", "JP")}
    assert {key: (one.name, percent_text(one.rate)) for key, one in told.items() if one} == {
        "DE": ("VAT", "19"),
        "CH": ("VAT", "8.1"),
        "IN": ("GST", "18"),
        "JP": ("Consumption tax", "10"),
    }
    assert [part.name for part in told["IN"].parts] == ["CGST", "SGST"]  # type: ignore[union-attr]
