"""How accounts are numbered: a chart for each program that takes the books, with numbers to begin with.

They are proposals that an accountant reads and a shop changes. Of DATEV's charts those without automatic tax
are named, since the books say net and tax apart; of Xero and QuickBooks those that no program keeps for
itself (bank, receivables and tax accounts of a program take no lines from outside).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from posapp.domain.base.errors import DomainError
from posapp.domain.base.names import clean_text
from posapp.domain.figures.books import AccountKey, NumberedAccount, Role


class Chart(StrEnum):
    """A way to number accounts."""

    GENERAL = "general"
    """The numbers that the program shows."""
    SKR03 = "skr03"
    SKR04 = "skr04"
    XERO = "xero"
    QUICKBOOKS = "quickbooks"
    TEXT = "text"
    """Names of plain-text ledgers."""


class BookFormat(StrEnum):
    """A program that takes the books."""

    DATEV = "datev"
    XERO = "xero"
    QUICKBOOKS = "quickbooks"
    LEDGER = "ledger"
    BEANCOUNT = "beancount"

    @property
    def words(self) -> str:
        """What it is called."""
        return _FORMATS[self][0]

    @property
    def ending(self) -> str:
        """How its files end."""
        return _FORMATS[self][1]


_FORMATS = {
    BookFormat.DATEV: ("DATEV", ".csv"),
    BookFormat.XERO: ("Xero", ".csv"),
    BookFormat.QUICKBOOKS: ("QuickBooks", ".csv"),
    BookFormat.LEDGER: ("Ledger", ".ledger"),
    BookFormat.BEANCOUNT: ("Beancount", ".beancount"),
}
_CHARTS = {
    BookFormat.XERO: Chart.XERO,
    BookFormat.QUICKBOOKS: Chart.QUICKBOOKS,
    BookFormat.LEDGER: Chart.TEXT,
    BookFormat.BEANCOUNT: Chart.TEXT,
}


@dataclass(frozen=True, slots=True)
class BookSettings:
    """What DATEV asks of a shop: whose books they are, their chart, how long its numbers are.

    `consultant` and `client` are the numbers that the accountant tells.
    """

    consultant: int = 1001
    client: int = 1
    chart: Chart = Chart.SKR03
    length: int = 4
    first_month: int = 1

    def __post_init__(self) -> None:
        """Everything is a number that DATEV takes."""
        for field, value, least, most in (
            ("consultant", self.consultant, 1001, 9_999_999),
            ("client", self.client, 1, 99_999),
            ("length", self.length, 4, 8),
            ("first_month", self.first_month, 1, 12),
        ):
            if not least <= value <= most:
                raise DomainError("book_settings", f"Enter a number from {least} to {most}.", field=field)
        if self.chart not in (Chart.SKR03, Chart.SKR04):
            raise DomainError("book_settings", "DATEV's chart is skr03 or skr04.", field="chart")

    def chart_of(self, of: BookFormat) -> Chart:
        """The chart of a format."""
        return _CHARTS.get(of, self.chart)


# -- numbers to begin with ---------------------------------------------------------------------------------
_NUMBERS: dict[Role, tuple[str, str, str, str, str, str]] = {
    # the program's own, SKR03, SKR04, Xero, QuickBooks (by name), plain text
    Role.CASH: ("1000", "1000", "1600", "1000", "", "Assets:Cash:Drawers"),
    Role.SAFE: ("1010", "1010", "1610", "1010", "", "Assets:Cash:Safe"),
    Role.CARD: ("1020", "1361", "1461", "1020", "", "Assets:Clearing:Card"),
    Role.BANK: ("1030", "1200", "1800", "1030", "", "Assets:Clearing:Bank"),
    Role.QR: ("1040", "1362", "1462", "1040", "", "Assets:Clearing:QR"),
    Role.CUSTOMERS: ("1100", "1410", "1210", "1100", "", "Assets:Customers"),
    Role.DEPOSITS: ("2100", "1710", "3250", "2100", "", "Liabilities:Deposits"),
    Role.GIFT_CARDS: ("2110", "1700", "3500", "2110", "", "Liabilities:GiftCards"),
    Role.CREDIT: ("2120", "1701", "3501", "2120", "", "Liabilities:Credit"),
    Role.TAX: ("2200", "1770", "3800", "2200", "", "Liabilities:Tax"),
    Role.OPENING: ("3900", "9000", "9000", "3900", "", "Equity:Opening"),
    Role.REPAIRS: ("4000", "8200", "4200", "4000", "", "Income:Repairs"),
    Role.GOODS: ("4010", "8210", "4210", "4010", "", "Income:Goods"),
    Role.SERVICES: ("4020", "8220", "4220", "4020", "", "Income:Services"),
    Role.REFUNDS: ("4090", "8700", "4700", "4090", "", "Income:Refunds"),
    Role.ROUNDING: ("4900", "2705", "4835", "4900", "", "Income:Rounding"),
    Role.EXPIRED: ("4910", "2709", "4839", "4910", "", "Income:GiftCardsExpired"),
    Role.PAID_IN: ("6110", "1360", "1460", "6110", "", "Equity:PaidIn"),
    Role.PAID_OUT: ("6100", "4900", "6300", "6100", "", "Expenses:PettyCash"),
    Role.DIFFERENCES: ("6900", "4905", "6304", "6900", "", "Expenses:DrawerDifferences"),
}
_PLACES = {chart: place for place, chart in enumerate(Chart)}
_GERMAN_TAX = {
    (Chart.SKR03, 190_000): "1776",
    (Chart.SKR03, 70_000): "1771",
    (Chart.SKR04, 190_000): "3806",
    (Chart.SKR04, 70_000): "3801",
}


def default_number(chart: Chart, account: AccountKey) -> str:
    """The number that an account has unless a shop says another one."""
    rate = account.tax.rpartition(":")[2]
    if account.role is Role.TAX and rate:
        found = _GERMAN_TAX.get((chart, int(rate)))
        if found:
            return found
    number = _NUMBERS[account.role][_PLACES[chart]] or account.words
    return f"{number}:{_name_in_text(account.tax)}" if chart is Chart.TEXT and account.tax else number


def _name_in_text(tax: str) -> str:
    """A tax as a part of a name: `VAT:230000` is `VAT-23`, 7.125 % of "Low" is `Low-7-125`."""
    name, _, rate = tax.rpartition(":")
    plain = "".join(sign if sign.isascii() and sign.isalnum() else "-" for sign in name).strip("-") or "Tax"
    whole, rest = divmod(int(rate), 10_000)
    told = f"{whole}-{rest:04d}".rstrip("0") if rest else str(whole)
    return f"{plain[:1].upper()}{plain[1:]}-{told}"


def numbered(chart: Chart, account: AccountKey, own: Mapping[AccountKey, tuple[str, str]]) -> NumberedAccount:
    """An account with its number: of this rate, else of its kind, else that of the chart."""
    for known in (account, AccountKey(account.role)):
        if known in own:
            number, name = own[known]
            return NumberedAccount(account, number, name or account.words, is_own=True)
    return NumberedAccount(account, default_number(chart, account), account.words)


_LONGEST_NUMBER, _LONGEST_NAME, _LONGEST_CODE = 100, 60, 10
_ROOTS = ("Assets", "Liabilities", "Equity", "Income", "Expenses")


def check_account(chart: Chart, number: str, name: str) -> tuple[str, str]:
    """A number and a name as they are kept; refuses what the chart's program would not take."""
    number = clean_text(number, _LONGEST_NUMBER, "number")
    name = clean_text(name, _LONGEST_NAME, "name")
    if chart in (Chart.SKR03, Chart.SKR04):
        if not (number.isascii() and number.isdecimal() and len(number) <= 8 and int(number)):
            raise _refused("An account of DATEV has up to 8 digits.")
    elif chart is Chart.TEXT:
        root, *parts = number.split(":")
        if root not in _ROOTS or not parts or not all(map(_is_part, parts)):
            raise _refused("Such as Income:Goods: it begins with one of " + ", ".join(_ROOTS) + ".")
    elif chart is Chart.QUICKBOOKS:
        if not number[:1].isalnum():
            raise _refused("Enter the account as QuickBooks calls it, such as Sales.")
    elif not (number.isascii() and number.replace(".", "").isalnum() and len(number) <= _LONGEST_CODE):
        raise _refused("An account has up to 10 letters and digits, such as 4000.")
    return number, name


def _is_part(part: str) -> bool:
    begins = part[:1].isupper() or part[:1].isdecimal()
    return begins and part.isascii() and part.replace("-", "").isalnum()


def _refused(sentence: str) -> DomainError:
    return DomainError("account_invalid", sentence, field="number")
