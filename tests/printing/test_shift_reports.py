"""X and Z, read back from their PDFs and looked at as dots."""

import json
from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader

from posapp.domain.papers.documents import CopyMark, PaperKind, PaperSize, to_json
from posapp.domain.selling.papers import (
    MoveLine,
    PieceLine,
    RateLine,
    ShiftReport,
    SumLine,
    TenderLine,
    XReport,
    ZReport,
)
from posapp.domain.stored_papers import from_json
from posapp.printing.render import render_pdf
from tests.printing.golden import text_stands_where_it_stood
from tests.printing.samples import LONG, MARGIN, SHOP, codes_on, ink, pictures, text_of

MOVES = (
    MoveLine("2026-03-14T10:05", "Niamh", "Change from the bank", 5000),
    MoveLine("2026-03-14T13:40", "Till 1", "Window cleaner", -1000),
)
TENDERS = (TenderLine("cash", 3, 36_000), TenderLine("card", 1, 12_950))
SUMS = (
    SumLine("sales", 4, 51_450),
    SumLine("refunds", 1, -1_000),
    SumLine("apart", 0, 500),
    SumLine("account", 0, -2_001),
    SumLine("rounding", 0, 1),
    SumLine("taken", 0, 48_950),
)
TAXES = (RateLine("VAT", 230_000, 30_000, 6_900), RateLine("VAT", 135_000, 10_000, 1_350))
X = XReport(
    shop=SHOP,
    number="X",
    pl_id="",
    customer_name="",
    made_at="2026-03-14T18:04",
    made_by="Till 1, Niamh",
    till="Till 1",
    day="2026-03-14",
    opened_at="2026-03-14T08:55",
    opened_by="Niamh",
    float_minor=10_000,
    moves=MOVES,
    expected_minor=14_000,
    tenders=(),
    sums=(),
    taxes=(),
)
Z = ZReport(
    shop=SHOP,
    number="Z4",
    pl_id="",
    customer_name="",
    made_at="2026-03-14T18:04",
    made_by="Till 1, Niamh",
    till="Till 1",
    day="2026-03-14",
    opened_at="2026-03-14T08:55",
    opened_by="Niamh",
    float_minor=10_000,
    moves=MOVES,
    expected_minor=14_000,
    tenders=(),
    sums=(),
    taxes=(),
    closed_at="2026-03-14T18:03",
    closed_by="Siobhán",
    counted_minor=13_950,
    difference_minor=-50,
    pieces=(PieceLine(2000, 6), PieceLine(50, 39)),
    note="A coin rolled under the counter.",
)
_WORDS = "A reason that goes on and on, as reasons do. " * 4
LONG_Z = replace(
    Z,
    shop=LONG.shop,
    number="Z123456789",
    till="The till at the front by the window, the left one",
    opened_by=LONG.made_by,
    closed_by=LONG.made_by,
    float_minor=10**12 - 1,
    moves=(MoveLine("2026-03-14T10:05", LONG.made_by, _WORDS, 10**11),) * 60,
    pieces=(PieceLine(10**11, 10**6),) * 20,
    note=_WORDS * 3,
)
SCRIPTS = replace(
    Z,
    opened_by="नेहा शर्मा",
    moves=(MoveLine("2026-03-14T10:05", "محمد علي", "فكة من البنك 42", 5000),),
    note="王小明 สวัสดี",
)
EMPTY = replace(Z, shop=LONG.shop, moves=(), pieces=(), note="", difference_minor=0)
ALL = {"x": X, "z": Z, "long": LONG_Z, "scripts": SCRIPTS, "empty": EMPTY}
SIZES = PaperKind.Z_REPORT.sizes
each = pytest.mark.parametrize(
    ("report", "paper"),
    [pytest.param(one, size, id=f"{name}-{size}") for name, one in ALL.items() for size in SIZES],
)
papers = pytest.mark.parametrize("paper", SIZES)


@papers
def test_all_that_happened_to_the_drawer_can_be_read(paper: PaperSize) -> None:
    text = text_of(render_pdf(Z, paper))
    for part in (
        "Harbour Lane Repairs", "Z report", "Z4", "Till 1", "Sat 14 Mar 2026", "14 Mar 2026, 08:55, Niamh",
        "14 Mar 2026, 18:03, Siobhán", "Float", "€100.00", "Cash in", "€50.00", "Change from the bank",
        "Cash out", "−€10.00", "Window cleaner", "Expected", "€140.00", "Counted", "€139.50", "6 × €20.00",
        "39 × €0.50", "Difference", "−€0.50", "A coin rolled under the counter.", "Verified by",
    ):  # fmt: skip
        assert part in text, part


@papers
def test_an_x_tells_of_an_open_drawer_only(paper: PaperSize) -> None:
    text = text_of(render_pdf(X, paper))
    assert "X report" in text
    assert "€140.00" in text
    for part in ("Counted", "Difference", "Closed", "Verified"):
        assert part not in text


@each
def test_no_shift_report_names_a_customer_or_thanks_anybody(report: ShiftReport, paper: PaperSize) -> None:
    text = text_of(render_pdf(report, paper))
    for part in ("Customer", "Thank you", "PL", "Journal"):
        assert part not in text


@papers
def test_a_z_names_the_end_of_the_journal_at_its_foot(paper: PaperSize) -> None:
    text = text_of(render_pdf(replace(Z, seal="4711-3f9a12cdab349911ffee"), paper))
    assert "Journal 4711-3f9a12cdab349911ffee" in " ".join(text.split())


@each
def test_the_number_of_a_z_is_its_only_code(report: ShiftReport, paper: PaperSize) -> None:
    found = set().union(*(codes_on(page) for page in pictures(render_pdf(report, paper))))
    assert found == ({("Code128", report.number)} if isinstance(report, ZReport) else set())


@each
def test_nothing_stands_in_the_margins(report: ShiftReport, paper: PaperSize) -> None:
    copy = CopyMark(12, "2026-03-14T09:12", "Till 1, Siobhán O'Neill-Featherstonehaugh " * 2)
    for page in pictures(render_pdf(report, paper, copy=copy)):
        left, top, right, bottom = ink(page)
        assert left >= MARGIN[paper] - 3  # the big number's strokes start a little outside the column
        assert right <= page.width - MARGIN[paper]
        assert top >= 30
        assert bottom <= page.height - 30


@pytest.mark.parametrize("paper", [PaperSize.A4, PaperSize.LETTER])
def test_many_moves_go_on_over_pages(paper: PaperSize) -> None:
    pdf = render_pdf(LONG_Z, paper)
    assert len(PdfReader(BytesIO(pdf)).pages) > 2
    assert text_of(pdf).count("goes on and on") == 60 * 4 + 3 * 4


@papers
def test_a_copy_says_so(paper: PaperSize) -> None:
    text = text_of(render_pdf(Z, paper, copy=CopyMark(2, "2026-03-16T09:12", "Till 1, Niamh")))
    assert "COPY 2" in text
    assert "16 Mar 2026, 09:12, Till 1, Niamh" in text
    assert "COPY" not in text_of(render_pdf(Z, paper, copy=CopyMark(1, "2026-03-14T18:04", "Till 1")))


@pytest.mark.parametrize("report", ALL.values(), ids=ALL)
def test_reports_come_back_as_they_were_stored(report: ShiftReport) -> None:
    assert from_json(to_json(report)) == report
    assert json.loads(to_json(report))["kind"] == report.kind


def test_a_z_of_an_older_layout_has_no_end_of_the_journal() -> None:
    body = json.loads(to_json(Z))
    del body["seal"]
    assert from_json(json.dumps({**body, "layout": 5})) == Z


@pytest.mark.parametrize(("report", "paper"), [(one, size) for one in (X, Z) for size in SIZES])
def test_text_stands_where_it_stood(report: ShiftReport, paper: PaperSize) -> None:
    name = report.kind.replace("_", "-")
    copy = CopyMark(2, "2026-03-16T09:12", "Till 1") if isinstance(report, ZReport) else None
    text_stands_where_it_stood(render_pdf(report, paper, copy=copy), f"{name}-{paper}")


@pytest.mark.parametrize("paper", [size for size in PaperSize if not size.is_label])
def test_a_report_tells_what_each_tender_brought(paper: PaperSize) -> None:
    sold = replace(X, expected_minor=50_000, tenders=TENDERS, sums=SUMS, taxes=TAXES)
    text = text_of(render_pdf(sold, paper))
    for words in ("Cash payments", "3 payments", "360.00", "Card", "1 payment", "129.50", "500.00"):
        assert words in text, words
    for words in (
        "Sales", "4 sales", "514.50", "Refunds", "1 refund", "−€10.00",
        "Deposits and gift cards sold", "5.00",
        "On account, debts paid", "−€20.01", "Rounding", "0.01", "Taken in", "489.50", "VAT 23 %", "69.00",
        "Net €300.00", "VAT 13.5 %", "13.50", "Net €100.00",
    ):  # fmt: skip
        assert words in text, words
