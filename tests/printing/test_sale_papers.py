"""Receipts, invoices, gift cards and statements, read back from their PDFs and looked at as dots."""

import json
from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader

from posapp.domain.papers.documents import CopyMark, Document, PaperKind, PaperSize, to_json
from posapp.domain.selling.sale_papers import Invoice, SalePaper, SoldLine
from posapp.domain.stored_papers import from_json
from posapp.printing.render import render_pdf
from posapp.printing.selling import words
from tests.printing.golden import text_stands_where_it_stood
from tests.printing.repair_samples import on_each_paper
from tests.printing.sale_samples import (
    AMERICAN,
    CARD,
    EMPTY,
    EXEMPT,
    IN_SCRIPTS,
    INDIAN,
    INVOICE,
    LONG_ONES,
    OWED,
    PAYMENT,
    REFUND,
    ROUNDED,
    SALE,
    SAUDI,
    STATEMENT,
    SWISS,
    TAXES,
    USUAL,
    VOIDED,
    WALK_IN,
)
from tests.printing.samples import MARGIN, MILLIMETRES, codes_on, ink, pictures, text_of

COPY = CopyMark(12, "2026-03-14T09:12", "Till 1, Siobhán O'Neill-Featherstonehaugh " * 2)
ROLLS, SHEETS = (PaperSize.ROLL_80, PaperSize.ROLL_58), (PaperSize.A4, PaperSize.LETTER)
rolls, sheets = pytest.mark.parametrize("paper", ROLLS), pytest.mark.parametrize("paper", SHEETS)
papers = pytest.mark.parametrize("paper", PaperKind.SALE_RECEIPT.sizes)


def each(*groups: dict[str, Document]) -> pytest.MarkDecorator:
    found = [case for group in groups for case in on_each_paper(group)]
    cases = [pytest.param(document, paper, id=name) for name, document, paper in found]
    return pytest.mark.parametrize(("document", "paper"), cases)


def wanted_codes(document: Document, paper: PaperSize) -> set[tuple[str, str]]:
    """All that a scanner finds on a paper."""
    found = {("Code128", document.code)} if document.code else set()
    found |= {("QRCode", document.pl_id)} if document.pl_id else set()
    if isinstance(document, SalePaper):
        is_printed = document.payment and (document.scheme != "swiss" or paper is PaperSize.A4)
        found |= {("QRCode", document.payment)} if is_printed else set()
        found |= {("QRCode", document.stamp)} if document.stamp else set()
    return found


def shown(document: Document, paper: PaperSize, *parts: str) -> str:
    """What can be read, and that these parts are there."""
    text = text_of(render_pdf(document, paper))
    for part in parts:
        assert part in text, part
    return text


@papers
def test_all_of_a_sale_can_be_read(paper: PaperSize) -> None:
    text = shown(
        SALE,
        paper,
        "Harbour Lane Repairs",
        "VAT IE0000000XX",
        "Receipt",
        "S2207",
        "12 Mar 2026",
        "14:34",
        "Till 1, Niamh",
        "PL24",
        "Marta Kowalczyk",
        "T1042",
        "screen replacement",
        "to 12 Mar 2027",
        "139.00",
        "Tempered glass, iPhone 13",
        "14.90",
        "USB-C cable 2 m",
        "12.50",
        "2.50",
        "22.50",
        "Total",
        "€176.40",
        "Deposit T1042, 5 Mar",
        "50.00",
        "Card ending 4417",
        "80.00",
        "Cash",
        "Change",
        "3.60",
        "VAT 13.5 %",
        "16.53",
        "VAT 23 %",
        "6.99",
        "Still owed",
        "S2190",
        "35.00",
        "Returns within 14 days",
    )
    if paper is not PaperSize.ROLL_58:
        assert "122.47" in text


@rolls
def test_the_letter_of_a_line_leads_to_its_tax(paper: PaperSize) -> None:
    text = shown(
        SALE, paper, "139.00 A", "14.90 B", "22.50 B", "A VAT 13.5 %", "B VAT 23 %", "2 × 12.50, less 2.50"
    )
    assert "1 × 139.00" not in text


@papers
def test_a_walk_in_has_no_customer(paper: PaperSize) -> None:
    text = shown(WALK_IN, paper, "S2207", "€37.40")
    for part in ("PL24", "Marta", "Customer", "Still owed"):
        assert part not in text


@papers
def test_the_rounding_of_cash_stands_by_itself(paper: PaperSize) -> None:
    shown(ROUNDED, paper, "€37.42", "Rounding", "−" if paper in ROLLS else "−€0.02", "0.02", "37.40")


@papers
def test_what_is_not_paid_is_said_and_can_be_paid_by_a_phone(paper: PaperSize) -> None:
    shown(OWED, paper, "Left to pay", "126.40", "Pay with your banking app", "€126.40, S2207")
    assert "Pay with" not in text_of(render_pdf(SALE, paper))


@papers
def test_a_void_sale_says_so(paper: PaperSize) -> None:
    text = shown(VOIDED, paper, "14:40, Niamh: rung up twice")
    assert "voided" in text.lower()


@papers
def test_a_refund_names_the_sale_that_it_gives_back(paper: PaperSize) -> None:
    text = shown(
        REFUND, paper, "Refund of S2207", "S2210", "−€11.25", "less 1.25" if paper in ROLLS else "€1.25"
    )
    assert "Left to pay" not in text


@papers
def test_prices_without_tax_lead_over_the_taxes_to_the_total(paper: PaperSize) -> None:
    text = shown(
        AMERICAN, paper, "Subtotal", "37.40", "State tax 4 %", "1.50", "City tax 4.5 %", "1.68", "$40.58"
    )
    if paper in ROLLS:
        assert "Gross" not in text  # the table would say it all again


@papers
def test_an_exempt_customer_is_told_why(paper: PaperSize) -> None:
    text = shown(EXEMPT, paper, "No tax", "Embassy of Chile, IE DIPL 0042", "Transfer 2026-0312")
    assert "Gross" not in text


@rolls
def test_a_paper_of_saudi_arabia_is_a_simplified_tax_invoice(paper: PaperSize) -> None:
    shown(SAUDI, paper, "Simplified tax invoice", "310122393500003")


@sheets
def test_an_invoice_names_both_parties_and_the_day_of_supply(paper: PaperSize) -> None:
    text = shown(
        INVOICE,
        paper,
        "Invoice",
        "S2207",
        "VAT IE0000000XX",
        "Quay Street 4",
        "Galway",
        "VAT number",
        "IE1234567T",
        "Supplied",
        "12 Mar 2026",
        "€122.47",
        "€12.11",
        "€152.88",
        "€23.52",
        "€176.40",
    )
    assert "Thank you" not in text
    assert "HSN" not in text


@sheets
def test_an_indian_invoice_splits_the_tax_and_writes_the_total_out(paper: PaperSize) -> None:
    shown(
        INDIAN,
        paper,
        "Tax invoice",
        "HSN/SAC",
        "998713",
        "GSTIN 29AAGCB7383J1Z4",
        "27AAPFU0939F1ZV",
        "CGST 9 %",
        "SGST 9 %",
        "₹111.11",
        "18 %",
        "Total in words",
        "Rupees One Thousand Four Hundred",
        "Authorised signatory",
    )


def test_a_swiss_bill_is_a_page_of_its_own_on_a4() -> None:
    pages = PdfReader(BytesIO(render_pdf(SWISS, PaperSize.A4))).pages
    assert len(pages) == 2
    bill = pages[1].extract_text()
    for part in (
        "Payment part",
        "Receipt",
        "Account / Payable to",
        "CH44 3199 9123 0008 8901 2",
        "8001 Zürich",
        "Reference",
        "00 00000 00000 00019 00000 22072",
        "Additional information",
        "S2207",
        "CHF",
        "176.40",
        "Acceptance point",
    ):
        assert part in bill, part
    assert len(PdfReader(BytesIO(render_pdf(SWISS, PaperSize.LETTER))).pages) == 1


@papers
def test_a_deposit_says_what_it_is_for(paper: PaperSize) -> None:
    shown(
        PAYMENT,
        paper,
        "Deposit",
        "P7",
        "Deposit for T1042",
        "Paid",
        "€50.00",
        "Cash",
        "60.00",
        "Change",
        "10.00",
    )


@papers
def test_a_payment_says_what_is_left_and_money_that_went_back(paper: PaperSize) -> None:
    part = replace(PAYMENT, heading="Payment", about="S2190", left_minor=3500)
    shown(part, paper, "Payment", "S2190", "Left to pay", "35.00")
    shown(
        replace(PAYMENT, amount_minor=-5000, tendered_minor=-5000, change_minor=0),
        paper,
        "Paid back",
        "−€50.00",
    )


@papers
def test_a_gift_card_shows_its_worth_and_the_end_of_its_code(paper: PaperSize) -> None:
    shown(CARD, paper, "Gift card", "G12", "€50.00", "7Q2M", "12 Mar 2031")


@papers
def test_a_gift_card_is_paid_with_by_the_code_of_its_first_print(paper: PaperSize) -> None:
    code = "K7PX93HTW2D67Q2M"
    pdf = render_pdf(CARD, paper, secret=code)
    assert ("Code128", code) in codes_on(pictures(pdf)[0])
    assert code in text_of(pdf)
    assert code not in text_of(render_pdf(CARD, paper))
    assert code not in to_json(CARD)


@papers
def test_a_statement_leads_from_balance_to_balance(paper: PaperSize) -> None:
    shown(
        STATEMENT,
        paper,
        "Statement",
        "PL24",
        "1 Jan 2026 – 12 Mar 2026",
        "Balance before",
        "15.00",
        "S2101",
        "89.00",
        "P2400, Card",
        "69.00",
        "Deposit for T1042",
        "We owe you",
        "Credit",
        "of it deposits",
        "50.00",
        "Still owed",
        "S2190",
        "35.00",
        "31 Dec 2025",
    )
    shown(replace(STATEMENT, closing_minor=900), paper, "You owe", "€9.00")


@papers
def test_a_statement_tells_how_old_its_debts_are(paper: PaperSize) -> None:
    assert STATEMENT.aged == (3500, 0, 1500, 0)
    shown(STATEMENT, paper, "0–30 days", "31–60 days", "61–90 days", "Over 90 days")
    nothing = text_of(render_pdf(replace(STATEMENT, dues=()), paper))
    assert "0–30 days" not in nothing


@each(USUAL, EMPTY, LONG_ONES)
def test_a_scanner_reads_every_code_at_203_dpi(document: Document, paper: PaperSize) -> None:
    found = set().union(*(codes_on(page) for page in pictures(render_pdf(document, paper))))
    assert {text for _, text in found} == {text for _, text in wanted_codes(document, paper)}


@each(USUAL)
def test_the_page_has_the_size_of_the_paper(document: Document, paper: PaperSize) -> None:
    width, height = MILLIMETRES[paper]
    for page in PdfReader(BytesIO(render_pdf(document, paper))).pages:
        assert float(page.mediabox.width) / 72 * 25.4 == pytest.approx(width, abs=0.11)
        if height is not None:
            assert float(page.mediabox.height) / 72 * 25.4 == pytest.approx(height, abs=0.11)


@each({name: one for name, one in USUAL.items() if one is not SWISS}, EMPTY, LONG_ONES, IN_SCRIPTS)
def test_nothing_stands_in_the_margins(document: Document, paper: PaperSize) -> None:
    for page in pictures(render_pdf(document, paper, copy=COPY)):
        left, top, right, bottom = ink(page)
        assert left >= MARGIN[paper] - 3  # the big number's strokes start a little outside the column
        assert right <= page.width - MARGIN[paper]
        assert top >= 30
        assert bottom <= page.height - 30


@each({"sale": LONG_ONES["sale"], "invoice": LONG_ONES["invoice"]})
def test_no_line_of_a_long_sale_is_lost(document: Document, paper: PaperSize) -> None:
    text = text_of(render_pdf(document, paper))
    if paper in SHEETS:
        assert len(PdfReader(BytesIO(render_pdf(document, paper))).pages) > 5
    assert text.count("A detail that goes on and on") == 60 * 4


@each(USUAL)
def test_a_copy_says_so(document: Document, paper: PaperSize) -> None:
    assert "COPY 2" in text_of(render_pdf(document, paper, copy=CopyMark(2, "2026-03-16T09:12", "Till 1")))


@pytest.mark.parametrize(
    "document",
    [one for group in (USUAL, LONG_ONES, EMPTY, IN_SCRIPTS) for one in group.values()],
    ids=lambda one: f"{one.kind}-{one.number}",
)
def test_papers_come_back_as_they_were_stored(document: Document) -> None:
    assert from_json(to_json(document)) == document
    assert json.loads(to_json(document))["kind"] == document.kind


@pytest.mark.parametrize(
    ("name", "rate", "said"),
    [
        ("VAT", 135_000, "VAT 13.5 %"),
        ("VAT 13.5", 135_000, "VAT 13.5 %"),
        ("VAT 13.5%", 135_000, "VAT 13.5%"),
        ("", 230_000, "23 %"),
        ("Zone 5", 50_000, "Zone 5 %"),
        ("Zone 15", 50_000, "Zone 15 5 %"),
    ],
)
def test_a_tax_says_its_rate_once(name: str, rate: int, said: str) -> None:
    assert words.tax(replace(TAXES[0], name=name, rate=rate)) == said


def test_the_number_of_a_line_stands_with_it_once() -> None:
    line = SoldLine("T1042 battery", "", "T1042", "", "", 1, 1, 0, "", 1, 1)
    assert words.name(line) == "T1042 battery"
    assert words.name(replace(line, text="Battery")) == "T1042 Battery"
    assert words.rate_of(INVOICE, "") == "–"
    assert isinstance(INVOICE, Invoice)


GOLDEN = {
    "sale": SALE,
    "refund": REFUND,
    "invoice": INVOICE,
    "payment": PAYMENT,
    "gift-card": CARD,
    "statement": STATEMENT,
}


@pytest.mark.parametrize(
    ("name", "paper"), [(name, size) for name, one in GOLDEN.items() for size in one.kind.sizes]
)
def test_text_stands_where_it_stood(name: str, paper: PaperSize) -> None:
    text_stands_where_it_stood(render_pdf(GOLDEN[name], paper), f"{name}-{paper}")
