"""What most goods are taxed by in a country: offered at the first start, never taken without asking.

Standard rates as they stood on 1 December 2025. European Union: European Commission, *VAT rules and rates*
(https://europa.eu/youreurope/business/taxation/vat/vat-rules-rates/index_en.htm); the others: the tax
authority of each country. Countries whose rate differs by state or province (US, CA, BR) are left out.
"""

from dataclasses import dataclass

from posapp.domain.catalogue.taxes import TaxPart

_VAT, _GST = "VAT", "GST"
_RATES = {
    _VAT: {
        "AE": 50_000, "AT": 200_000, "BE": 210_000, "BG": 200_000, "CH": 81_000, "CY": 190_000, "CZ": 210_000,
        "DE": 190_000, "DK": 250_000, "EE": 240_000, "ES": 210_000, "FI": 255_000, "FR": 200_000,
        "GB": 200_000, "GR": 240_000, "HR": 250_000, "HU": 270_000, "IE": 230_000, "IT": 220_000,
        "KR": 100_000, "LT": 210_000, "LU": 170_000, "LV": 210_000, "MT": 180_000, "NL": 210_000,
        "NO": 250_000, "PL": 230_000, "PT": 230_000, "RO": 210_000, "SA": 150_000, "SE": 250_000,
        "SI": 220_000, "SK": 230_000, "TH": 70_000, "TR": 200_000, "ZA": 150_000,
    },
    _GST: {"AU": 100_000, "IN": 180_000, "NZ": 150_000, "SG": 90_000},
    "Consumption tax": {"JP": 100_000},
}  # fmt: skip
_PARTS = {"IN": (TaxPart("CGST", 90_000), TaxPart("SGST", 90_000))}


@dataclass(frozen=True, slots=True)
class StandardRate:
    """A tax by its usual name, and how much it is in millionths."""

    name: str
    rate: int
    parts: tuple[TaxPart, ...] = ()


def standard_rate(region: str) -> StandardRate | None:
    """The standard rate of a country, None where none is known for sure."""
    for name, rates in _RATES.items():
        if region in rates:
            return StandardRate(name, rates[region], _PARTS.get(region, ()))
    return None
