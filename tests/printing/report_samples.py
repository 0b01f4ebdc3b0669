"""Pages of reports to print."""

from dataclasses import replace

from posapp.domain.figures.papers import ReportColumn, ReportLine, ReportPaper
from tests.printing.samples import LONG, SHOP

_MONEY = ("Revenue", "Net", "Tax", "Cost", "Gross profit")


def _columns(*words: str, texts: int = 1) -> tuple[ReportColumn, ...]:
    return tuple(ReportColumn(one, place >= texts) for place, one in enumerate(words))


def _day(place: int) -> ReportLine:
    gross = 0 if place % 6 == 5 else 42_000 + place * 7919 % 61_000 - 90_000 * (place == 16)
    figures = (gross, gross * 4 // 5, gross // 5, gross // 3, gross * 4 // 5 - gross // 3)
    cells = tuple(f"{one / 100:,.2f}".replace("-", "−") for one in figures)
    return ReportLine((f"{place + 1} Mar 2026", str(4 + place % 5), str(place % 2), *cells), gross, place)


REVENUE = ReportPaper(
    shop=SHOP,
    number="1 Mar 2026 – 31 Mar 2026",
    pl_id="",
    customer_name="",
    made_at="2026-04-01T09:02",
    made_by="Till 1, Niamh",
    heading="Revenue",
    about="what was sold by day or month, less what was given back",
    compared="1 Feb 2026 – 28 Feb 2026",
    columns=_columns("Day", "Sales", "Refunds", *_MONEY),
    lines=tuple(_day(place) for place in range(31)),
    foot=(
        ReportLine(("All", "183", "15", "19,204.11", "15,363.28", "3,840.83", "6,401.37", "8,961.91")),
        ReportLine(("Before", "160", "9", "17,100.00", "13,680.00", "3,420.00", "5,700.00", "7,980.00")),
    ),
    remark="",
    chart="bars",
    charted="Revenue",
)
NAMES = ("Marta Kowalczyk", "محمد علي 42", "नेहा शर्मा", "王小明", "=cmd|' /C calc'!A0", "Łukasz Żółć-O'Neill")
CUSTOMERS = replace(
    REVENUE,
    heading="Customers",
    about="what each customer bought",
    compared="",
    columns=_columns("PL ID", "Name", "Sales", "Refunds", *_MONEY, texts=2),
    lines=tuple(
        ReportLine((f"PL{at}", name, "2", "0", *(("1,234,567.89",) * 5)), 10_000 - at * 1500)
        for at, name in enumerate(NAMES, 1)
    ),
    foot=(ReportLine(("All", "", "12", "0", *(("7,407,407.34",) * 5))),),
    chart="shares",
    remark="all explained",
)
EMPTY = replace(REVENUE, lines=(), foot=(), compared="", shop=replace(SHOP, tax_id="", address=""))
MANY = replace(CUSTOMERS, lines=CUSTOMERS.lines * 30, chart="")
WIDE = replace(
    CUSTOMERS,
    shop=LONG.shop,
    made_by=LONG.made_by,
    heading="A report whose name goes on and on",
    columns=_columns("PL ID", "Name", *(f"{one} of all that was counted" for one in _MONEY * 3), texts=2),
    lines=tuple(
        ReportLine((f"PL{at}", LONG.customer_name, *(("12,345,678,901.23",) * 15)), at) for at in range(80)
    ),
    foot=(ReportLine(("All", "", *(("12,345,678,901.23",) * 15))),),
)
ONE = replace(REVENUE, lines=REVENUE.lines[:1], number="1 Mar 2026")
YEARS = replace(
    REVENUE,
    lines=tuple(replace(_day(at % 31), place=at) for at in range(3650)),
    number="1 Jan 2016 – 31 Dec 2025",
)
ALL = {
    "revenue": REVENUE, "customers": CUSTOMERS, "empty": EMPTY, "many": MANY, "wide": WIDE, "one": ONE,
}  # fmt: skip
