"""Pages of the reports on paper, read back from their PDFs and looked at as dots."""

import json
from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader

from posapp.domain.figures.papers import ReportPaper
from posapp.domain.papers.documents import PaperKind, PaperSize, to_json
from posapp.domain.stored_papers import from_json
from posapp.printing.render import render_pdf
from tests.printing.report_samples import ALL, CUSTOMERS, EMPTY, MANY, NAMES, REVENUE, WIDE, YEARS
from tests.printing.samples import MARGIN, codes_on, ink, pictures, text_of

papers = pytest.mark.parametrize("paper", PaperKind.REPORT.sizes)
each = pytest.mark.parametrize("report", ALL.values(), ids=ALL)


@papers
def test_a_page_says_what_it_tells_of_which_days_and_what_it_comes_to(paper: PaperSize) -> None:
    text = text_of(render_pdf(REVENUE, paper))
    for part in (
        "Harbour Lane Repairs", "Revenue", "1 Mar 2026 – 31 Mar 2026", "what was sold by day",
        "1 Feb 2026 – 28 Feb 2026", "EUR", "1 Apr 2026, 09:02", "Till 1, Niamh", "Gross profit",
        "31 Mar 2026", "All", "19,204.11", "Before", "17,100.00", "Page 1 of",
    ):  # fmt: skip
        assert part in text, part


def test_head_and_page_number_stand_on_every_page_and_no_row_is_lost() -> None:
    pages = [page.extract_text() for page in PdfReader(BytesIO(render_pdf(MANY, PaperSize.A4))).pages]
    assert len(pages) > 3
    for number, page in enumerate(pages, 1):
        assert "Gross profit" in page
        assert f"Page {number} of {len(pages)}" in page
    assert "".join(pages).count("Marta Kowalczyk") == 30
    assert "7,407,407.34" in pages[-1]
    assert "all explained" in pages[-1]


def test_a_table_lies_where_it_has_no_room_upright() -> None:
    wide = [page.mediabox for page in PdfReader(BytesIO(render_pdf(WIDE, PaperSize.A4))).pages]
    assert all(box.width > box.height for box in wide)
    [upright] = PdfReader(BytesIO(render_pdf(REVENUE, PaperSize.A4))).pages
    assert upright.mediabox.width < upright.mediabox.height


@papers
@each
def test_nothing_stands_in_the_margins_and_nothing_is_to_be_scanned(
    report: ReportPaper, paper: PaperSize
) -> None:
    for page in pictures(render_pdf(report, paper)):
        left, top, right, bottom = ink(page)
        assert left >= MARGIN[paper] - 3
        assert right <= page.width - MARGIN[paper] + 2
        assert top >= 30
        assert bottom <= page.height - 30
        assert codes_on(page) == set()


def test_names_of_every_script_are_whole() -> None:
    [page] = PdfReader(BytesIO(render_pdf(CUSTOMERS, PaperSize.A4))).pages
    content = page.get_contents()
    assert content is not None
    for name in NAMES:
        meant = f"<feff{name.encode('utf-16-be').hex()}>".encode()
        assert name in page.extract_text() or meant in content.get_data(), name


def test_the_chart_shows_the_days_and_is_left_out_where_there_is_nothing_to_draw() -> None:
    def black(report: ReportPaper) -> int:
        [page] = pictures(render_pdf(report, PaperSize.A4), 100)[:1]
        return sum(page.histogram()[:60])

    assert black(REVENUE) > black(replace(REVENUE, chart="")) + 2000
    assert black(CUSTOMERS) > black(replace(CUSTOMERS, chart="")) + 2000
    nothing = replace(REVENUE, lines=tuple(replace(one, value=0) for one in REVENUE.lines))
    assert black(nothing) == black(replace(nothing, chart=""))
    assert "Nothing to tell." in text_of(render_pdf(EMPTY, PaperSize.A4))


def test_ten_years_by_day_are_drawn() -> None:
    pages = PdfReader(BytesIO(render_pdf(YEARS, PaperSize.A4))).pages
    assert f"Page {len(pages)} of {len(pages)}" in pages[-1].extract_text()


@each
def test_a_report_comes_back_as_it_was_stored(report: ReportPaper) -> None:
    assert from_json(to_json(report)) == report
    assert json.loads(to_json(report))["kind"] == "report"


def test_the_same_page_gives_the_same_bytes() -> None:
    assert render_pdf(REVENUE, PaperSize.A4) == render_pdf(REVENUE, PaperSize.A4)
