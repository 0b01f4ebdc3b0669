"""Notes and coins that people pay with, by currency; a drawer of any other currency is counted as a sum."""

from dataclasses import dataclass
from functools import cache

from posapp.domain.base.money import decimals


@dataclass(frozen=True, slots=True)
class Denominations:
    """What each note and each coin is worth, in minor units, the largest first."""

    notes: tuple[int, ...]
    coins: tuple[int, ...]


# In circulation as the central banks list them (looked up in November 2026): what is still issued or met
# every day, not commemorative coins nor notes that only a bank takes back.
# EUR ecb.europa.eu/euro, USD uscurrency.gov and usmint.gov, GBP bankofengland.co.uk/banknotes and
# royalmint.com, CHF snb.ch and swissmint.ch, INR rbi.org.in (FAQ: Indian currency), JPY boj.or.jp and
# mof.go.jp, CAD bankofcanada.ca and mint.ca, AUD banknotes.rba.gov.au and ramint.gov.au,
# NZD rbnz.govt.nz, KWD cbk.gov.kw, SAR sama.gov.sa, AED centralbank.ae, BRL bcb.gov.br, THB bot.or.th and
# treasury.go.th, SEK riksbank.se, NOK norges-bank.no, DKK nationalbanken.dk, PLN nbp.pl, CZK cnb.cz,
# MXN banxico.org.mx, ZAR resbank.co.za, KRW bok.or.kr.
_TABLE = {
    "EUR": ("500 200 100 50 20 10 5", "2 1 .50 .20 .10 .05 .02 .01"),
    "USD": ("100 50 20 10 5 2 1", "1 .50 .25 .10 .05 .01"),
    "GBP": ("50 20 10 5", "2 1 .50 .20 .10 .05 .02 .01"),
    "CHF": ("1000 200 100 50 20 10", "5 2 1 .50 .20 .10 .05"),
    "INR": ("500 200 100 50 20 10", "20 10 5 2 1"),
    "JPY": ("10000 5000 2000 1000", "500 100 50 10 5 1"),
    "CAD": ("100 50 20 10 5", "2 1 .25 .10 .05"),
    "AUD": ("100 50 20 10 5", "2 1 .50 .20 .10 .05"),
    "NZD": ("100 50 20 10 5", "2 1 .50 .20 .10"),
    "KWD": ("20 10 5 1 .500 .250", ".100 .050 .020 .010 .005"),
    "SAR": ("500 200 100 50 20 10 5 1", "2 1 .50 .25 .10 .05 .01"),
    "AED": ("1000 500 200 100 50 20 10 5", "1 .50 .25 .10 .05 .01"),
    "BRL": ("200 100 50 20 10 5 2", "1 .50 .25 .10 .05"),
    "THB": ("1000 500 100 50 20", "10 5 2 1 .50 .25"),
    "SEK": ("1000 500 200 100 50 20", "10 5 2 1"),
    "NOK": ("1000 500 200 100 50", "20 10 5 1"),
    "DKK": ("500 200 100 50", "20 10 5 2 1 .50"),
    "PLN": ("500 200 100 50 20 10", "5 2 1 .50 .20 .10 .05 .02 .01"),
    "CZK": ("5000 2000 1000 500 200 100", "50 20 10 5 2 1"),
    "MXN": ("1000 500 200 100 50 20", "20 10 5 2 1 .50"),
    "ZAR": ("200 100 50 20 10", "5 2 1 .50 .20 .10"),
    "KRW": ("50000 10000 5000 1000", "500 100 50 10"),
}


@cache
def denominations(currency: str) -> Denominations | None:
    """The notes and coins of a currency; None for one that is not listed: count a sum."""
    known = _TABLE.get(currency)
    if known is None:
        return None
    places = decimals(currency)
    notes, coins = (tuple(_minor(one, places) for one in kind.split()) for kind in known)
    return Denominations(notes, coins)


def _minor(text: str, places: int) -> int:
    whole, _, fraction = text.partition(".")
    return int((whole or "0") + fraction.ljust(places, "0"))
