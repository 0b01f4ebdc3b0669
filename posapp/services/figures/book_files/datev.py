"""DATEV: the EXTF format 700, a batch of bookings (21) of version 13; https://developer.datev.de.

A booking names two accounts. The lines of a document are paired, debit with credit, until both are used up:
what is booked on each account stays the same. Net and tax are booked apart, on accounts without automatic
tax. Days have no year, so that a batch lies within one fiscal year.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from posapp.domain.base.errors import DomainError
from posapp.domain.base.money import decimals
from posapp.domain.figures.books import AccountKey, BookDocument, BookLine, DocumentKind
from posapp.domain.figures.charts import Chart
from posapp.files import safe_cell
from posapp.services.figures.book_files.batch import Batch

_INFO = tuple(f"Beleginfo - {what} {n}" for n in range(1, 9) for what in ("Art", "Inhalt"))
_MORE = tuple(f"Zusatzinformation - {what} {n}" for n in range(1, 21) for what in ("Art", "Inhalt"))
COLUMNS = (
    *("Umsatz (ohne Soll/Haben-Kz)", "Soll/Haben-Kennzeichen", "WKZ Umsatz", "Kurs", "Basis-Umsatz"),
    *("WKZ Basis-Umsatz", "Konto", "Gegenkonto (ohne BU-Schlüssel)", "BU-Schlüssel", "Belegdatum"),
    *("Belegfeld 1", "Belegfeld 2", "Skonto", "Buchungstext", "Postensperre", "Diverse Adressnummer"),
    *("Geschäftspartnerbank", "Sachverhalt", "Zinssperre", "Beleglink", *_INFO, "KOST1 - Kostenstelle"),
    *("KOST2 - Kostenstelle", "KOST-Menge", "EU-Land u. UStID (Bestimmung)", "EU-Steuersatz (Bestimmung)"),
    *("Abw. Versteuerungsart", "Sachverhalt L+L", "Funktionsergänzung L+L", "BU 49 Hauptfunktionstyp"),
    *("BU 49 Hauptfunktionsnummer", "BU 49 Funktionsergänzung", *_MORE, "Stück", "Gewicht", "Zahlweise"),
    *("Forderungsart", "Veranlagungsjahr", "Zugeordnete Fälligkeit", "Skontotyp", "Auftragsnummer"),
    *("Buchungstyp", "USt-Schlüssel (Anzahlungen)", "EU-Land (Anzahlungen)"),
    *("Sachverhalt L+L (Anzahlungen)", "EU-Steuersatz (Anzahlungen)", "Erlöskonto (Anzahlungen)"),
    *("Herkunft-Kz", "Buchungs GUID", "KOST-Datum", "SEPA-Mandatsreferenz", "Skontosperre"),
    *("Gesellschaftername", "Beteiligtennummer", "Identifikationsnummer", "Zeichnernummer"),
    *("Postensperre bis", "Bezeichnung SoBil-Sachverhalt", "Kennzeichen SoBil-Buchung", "Festschreibung"),
    *("Leistungsdatum", "Datum Zuord. Steuerperiode", "Fälligkeit", "Generalumkehr (GU)", "Steuersatz"),
    *("Land", "Abrechnungsreferenz", "BVV-Position", "EU-Land u. UStID (Ursprung)"),
    *("EU-Steuersatz (Ursprung)", "Abw. Skontokonto"),
)
_TEXTS = frozenset(
    {"Soll/Haben-Kennzeichen", "WKZ Umsatz", "BU-Schlüssel", "Belegfeld 1", "Belegfeld 2", "Buchungstext"}
)
_SKR = {Chart.SKR03: "03", Chart.SKR04: "04"}
_NAMES = {DocumentKind.OPENING: "OPENING", DocumentKind.CASH: "CASH", DocumentKind.SHIFT: "FLOAT"}
_LONGEST_TEXT, _LONGEST_FIELD = 60, 36


def lines(batch: Batch, documents: Iterable[BookDocument]) -> Iterator[str]:
    """The head, the names of the columns, and a line for each booking."""
    _refuse(batch)
    yield _head(batch)
    yield ";".join(COLUMNS)
    for document in documents:
        for debit, credit, minor in paired(document.lines):
            yield _booking(batch, document, debit, credit, minor)


def _refuse(batch: Batch) -> None:
    if decimals(batch.business.currency) > 2:
        raise DomainError("format_currency", "DATEV takes amounts with two decimals.", field="format")
    first, last = (_year_of(batch, day) for day in (batch.period.first, batch.period.last))
    if first != last:
        raise DomainError(
            "days_of_years",
            f"DATEV takes the days of one fiscal year at a time: from {last} on is another one.",
            field="to",
        )


def _year_of(batch: Batch, day: date) -> date:
    """When the fiscal year of a day began."""
    month = batch.settings.first_month
    return date(day.year if day.month >= month else day.year - 1, month, 1)


def _head(batch: Batch) -> str:
    settings, period = batch.settings, batch.period
    fields = (
        *('"EXTF"', "700", "21", '"Buchungsstapel"', "13"),
        f"{batch.at:%Y%m%d%H%M%S}{batch.at.microsecond // 1000:03d}",
        *("", '"RE"', '""', '""'),
        *(str(settings.consultant), str(settings.client)),
        f"{_year_of(batch, period.first):%Y%m%d}",
        str(settings.length),
        *(f"{period.first:%Y%m%d}", f"{period.last:%Y%m%d}"),
        *('"posapp"', '""', "1", "0", "0", f'"{batch.business.currency}"'),
        *("", '""', "", "", f'"{_SKR[settings.chart]}"', "", "", '""', '""'),
    )
    return ";".join(fields)


def paired(lines: Sequence[BookLine]) -> Iterator[tuple[AccountKey, AccountKey, int]]:
    """Debit and credit accounts of a document that balances, with what goes from one to the other."""
    debits = [(line.account, line.minor) for line in lines if line.minor > 0]
    credits = [(line.account, -line.minor) for line in lines if line.minor < 0]
    while debits and credits:
        (debit, left), (credit, right) = debits.pop(0), credits.pop(0)
        minor = min(left, right)
        yield debit, credit, minor
        if left > minor:
            debits.insert(0, (debit, left - minor))
        if right > minor:
            credits.insert(0, (credit, right - minor))


def _booking(batch: Batch, document: BookDocument, debit: AccountKey, credit: AccountKey, minor: int) -> str:
    number = document.number or _NAMES.get(document.kind, "")
    said = {
        "Umsatz (ohne Soll/Haben-Kz)": _amount(batch, minor),
        "Soll/Haben-Kennzeichen": "S",
        "WKZ Umsatz": batch.business.currency,
        "Konto": _account(batch, debit),
        "Gegenkonto (ohne BU-Schlüssel)": _account(batch, credit),
        "Belegdatum": f"{document.day:%d%m}",
        "Belegfeld 1": number.replace(" ", "-")[:_LONGEST_FIELD],
        "Buchungstext": safe_cell(" ".join(document.text.split()))[:_LONGEST_TEXT],
        "Festschreibung": "0",
    }
    return ";".join(_field(column, said.get(column, "")) for column in COLUMNS)


def _field(column: str, value: str) -> str:
    quoted = value.replace('"', '""')
    return f'"{quoted}"' if column in _TEXTS else value


def _amount(batch: Batch, minor: int) -> str:
    whole, _, part = batch.amount(minor).partition(".")
    return f"{whole},{part.ljust(2, '0')}"


def _account(batch: Batch, key: AccountKey) -> str:
    return batch.numbered(key).number.ljust(batch.settings.length, "0")
