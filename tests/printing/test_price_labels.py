"""Price labels, read back from their PDFs by a scanner and looked at as dots."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from posapp.domain.catalogue.papers import LabelLine, PriceLabels
from posapp.domain.papers.documents import PaperKind, PaperSize
from posapp.printing.render import render_pdf
from tests.printing.samples import MARGIN, SHOP, codes_on, ink, pictures, text_of

EAN = LabelLine("USB-C cable 2 m, braided", "CBL-2", "5391510000024", 1250, 3)
SKU = LabelLine("Tempered glass", "GLS-13", "GLS-13", 1490, 1)
LONG = LabelLine("محول طاقة سريع 65 واط مع كابل طويل جداً للهاتف", "A" * 40, "A" * 40, 123_456_789, 1)
SIGNS = LabelLine("屏幕保护膜", "屏幕-13", "屏幕-13", 990, 1)
on_labels = pytest.mark.parametrize("paper", PaperKind.PRICE_LABEL.sizes)


def printed(*lines: LabelLine, paper: PaperSize) -> bytes:
    return render_pdf(PriceLabels(SHOP, lines[0].sku, "", "", lines), paper)


@on_labels
def test_each_piece_gets_a_label_whose_code_rings_it_up(paper: PaperSize) -> None:
    pages = pictures(printed(EAN, SKU, LONG, SIGNS, paper=paper))
    assert [{text for _, text in codes_on(page)} for page in pages] == [
        {EAN.code},
        {EAN.code},
        {EAN.code},
        {SKU.code},
        {LONG.code},
        {SIGNS.code},
    ]


@on_labels
def test_name_price_and_code_stand_in_print(paper: PaperSize) -> None:
    pdf = printed(EAN, paper=paper)
    text = text_of(pdf)
    assert all(part in text for part in ("USB-C cable 2 m, braided", "€12.50", EAN.code))
    assert len(PdfReader(BytesIO(pdf)).pages) == 3


@on_labels
def test_nothing_reaches_into_the_margin(paper: PaperSize) -> None:
    for page in pictures(printed(EAN, SKU, LONG, SIGNS, paper=paper)):
        left, top, right, bottom = ink(page)
        assert left >= MARGIN[paper] and right <= page.width - MARGIN[paper] + 1
        assert top >= 8 and bottom <= page.height - 8
