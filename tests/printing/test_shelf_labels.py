"""Shelf labels, read back from their PDFs by a scanner and looked at as dots."""

import pytest

from posapp.domain.papers.documents import PaperKind, PaperSize
from posapp.domain.repairs.papers import ShelfLabels
from posapp.printing.render import render_pdf
from tests.printing.samples import MARGIN, SHOP, codes_on, ink, pictures, text_of

CODES = ("A4", "BENCH 2", "W" * 20, "1234567890", "REGAL ÄÖ", "رف-3", "架子三")
on_labels = pytest.mark.parametrize("paper", PaperKind.SHELF_LABEL.sizes)


def printed(*codes: str, paper: PaperSize) -> bytes:
    return render_pdf(ShelfLabels(SHOP, codes[0], "", "", codes), paper)


@on_labels
def test_each_shelf_gets_a_label_whose_code_is_that_of_the_shelf(paper: PaperSize) -> None:
    pages = pictures(printed(*CODES, paper=paper))
    assert [{text for _, text in codes_on(page)} for page in pages] == [{code} for code in CODES]


@on_labels
def test_the_code_is_bars_where_they_fit_and_stands_in_print_whole(paper: PaperSize) -> None:
    pdf = printed("A4", "BENCH 2", "W" * 20, paper=paper)
    kinds = [{kind for kind, _ in codes_on(page)} for page in pictures(pdf)]
    assert ["128" in str(kind).upper() for kind in kinds] == [True, True, False]
    text = text_of(pdf)
    assert all(code in text for code in ("A4", "BENCH 2", "W" * 20))


@on_labels
def test_nothing_reaches_into_the_margin(paper: PaperSize) -> None:
    for page in pictures(printed(*CODES, paper=paper)):
        left, top, right, bottom = ink(page)
        assert left >= MARGIN[paper] and right <= page.width - MARGIN[paper] + 1
        assert top >= 8 and bottom <= page.height - 8
