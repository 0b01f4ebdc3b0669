"""Claim ticket, label, estimate and hand-back, read back from their PDFs and looked at as dots."""

from dataclasses import replace
from io import BytesIO

import pytest
from PIL import ImageChops
from pypdf import PdfReader

from posapp.domain.papers.documents import CopyMark, Document, PaperKind, PaperSize
from posapp.domain.repairs.papers import ClaimTicket, DeviceLabel
from posapp.printing.render import render_pdf
from posapp.printing.repairs.device_label import MOST_EXTRA, things_left
from tests.printing.golden import text_stands_where_it_stood
from tests.printing.repair_samples import (
    ANSWERED,
    CLAIM,
    EMPTY,
    ESTIMATE,
    HAND_BACK,
    IN_SCRIPTS,
    LABEL,
    LONG_ONES,
    PHONE,
    TABLET,
    USUAL,
    on_each_paper,
)
from tests.printing.samples import MARGIN, MILLIMETRES, SHOP, codes_on, ink, pictures, text_of
from tests.repairs import a_signature

COPY = CopyMark(12, "2026-03-14T09:12", "Till 1, Siobhán O'Neill-Featherstonehaugh " * 2)
PARTS = {
    PaperKind.CLAIM_TICKET: (
        "Harbour Lane Repairs",
        "Repair ticket",
        "T1058",
        "PL39",
        "João Pereira",
        "+44 7700 900318",
        "12 Mar 2026, 14:36",
        "Till 1, Niamh",
        "B319",
        "Samsung Galaxy S22",
        "IMEI ending 704812",
        "Still rings.",
        "Faulty",
        "screen glass, touch",
        "Works",
        "buttons, charging",
        "Untested",
        "speaker and microphone",
        "Left here",
        "case, charger",
        "About to pay",
        "€144.00",
        "Ready by",
        "Sat 14 Mar 2026",
        "12:00",
        "Bring this ticket to collect.",
        "Customer signature",
    ),
    PaperKind.DEVICE_LABEL: (
        "T1058",
        "2/3",
        "PL39",
        "João Pereira",
        "Samsung Galaxy S22",
        "Fell in the kitchen",
        "Due Sat 14 Mar 2026",
        "12:00",
    ),
    PaperKind.ESTIMATE: (
        "Estimate",
        "T1058",
        "PL39",
        "Samsung Galaxy S22",
        "Screen replacement",
        "90 days warranty",
        "€14.90",
        "€29.80",
        "Battery, original",
        "Total",
        "€213.80",
    ),
    PaperKind.HAND_BACK: (
        "Hand-back",
        "T1058",
        "PL39",
        "Samsung Galaxy S22",
        "IMEI ending 704812",
        "Repaired",
        "Reported",
        "Glass cracked.",
        "Found",
        "frame straightened",
        "Warranty",
        "Screen replacement, to 10",
        "€184.00",
        "Still here",
        "Apple iPad Air",
        "Taken by",
        "Ana Pereira",
        "Signature of the person who took it",
    ),
}


def each(*groups: dict[str, Document]) -> pytest.MarkDecorator:
    found = [case for group in groups for case in on_each_paper(group)]
    cases = [pytest.param(document, paper, id=name) for name, document, paper in found]
    return pytest.mark.parametrize(("document", "paper"), cases)


@each(USUAL)
def test_all_that_was_agreed_can_be_read_from_the_file(document: Document, paper: PaperSize) -> None:
    text = text_of(render_pdf(document, paper))
    for part in PARTS[document.kind]:
        assert part in text


@each(USUAL)
def test_the_page_has_the_size_of_the_paper(document: Document, paper: PaperSize) -> None:
    width, height = MILLIMETRES[paper]
    for page in PdfReader(BytesIO(render_pdf(document, paper))).pages:
        assert float(page.mediabox.width) / 72 * 25.4 == pytest.approx(width, abs=0.11)
        if height is not None:
            assert float(page.mediabox.height) / 72 * 25.4 == pytest.approx(height, abs=0.11)


@each(USUAL, EMPTY, LONG_ONES)
def test_a_scanner_reads_the_codes_at_203_dpi(document: Document, paper: PaperSize) -> None:
    pages = [codes_on(page) for page in pictures(render_pdf(document, paper))]
    ticket, customer = ("Code128", document.number), ("QRCode", document.pl_id)
    if isinstance(document, DeviceLabel):
        assert all(page == {ticket} for page in pages)  # a device's code opens its ticket
    else:
        assert set().union(*pages) == {ticket, customer}


@each(USUAL, EMPTY, LONG_ONES, IN_SCRIPTS)
def test_nothing_stands_in_the_margins(document: Document, paper: PaperSize) -> None:
    edge = 12 if paper.is_label else 30
    for page in pictures(render_pdf(document, paper, copy=COPY)):
        left, top, right, bottom = ink(page)
        assert left >= MARGIN[paper] - 2  # the big number's round letters start a little outside the column
        assert right <= page.width - MARGIN[paper]
        assert top >= edge
        assert bottom <= page.height - edge


@pytest.mark.parametrize("paper", PaperKind.HAND_BACK.sizes)
@pytest.mark.parametrize("document", [HAND_BACK, LONG_ONES["hand-back"]], ids=["usual", "long"])
def test_a_signature_stands_above_its_line_and_on_nothing_else(document: Document, paper: PaperSize) -> None:
    signed = pictures(render_pdf(document, paper, signature=a_signature()))
    plain = pictures(render_pdf(document, paper))
    left, _top, right, _bottom = ink(signed[-1])
    assert left >= MARGIN[paper] - 2
    assert right <= signed[-1].width - MARGIN[paper]
    if len(signed) == len(plain) and paper in (PaperSize.A4, PaperSize.LETTER):
        # Nothing that stood there before is covered: all of its ink is still there.
        before, after = plain[-1], signed[-1]
        assert ImageChops.subtract(after, before).point([0] * 60 + [255] * 196).getbbox() is None
    assert text_of(render_pdf(document, paper, signature=b"nonsense")) == text_of(render_pdf(document, paper))


@each(LONG_ONES)
def test_long_texts_are_all_there(document: Document, paper: PaperSize) -> None:
    text = text_of(render_pdf(document, paper))
    assert "T123456789" in text
    assert "PL123456789" in text
    if document.kind is PaperKind.CLAIM_TICKET:
        assert text.count("kitchen") == 5 * 28
        assert text.count("checklist") == 5 * 12 * 4
        assert "€100,000,000,000.00" in text
    elif document.kind is PaperKind.ESTIMATE:
        assert text.count("goes on and on") == 4 * 5 + 40 * 6
        assert text.count("365 days warranty") == 40
        assert text.count("€99,999,999,999,900.00") == 40
    elif document.kind is PaperKind.HAND_BACK:
        assert text.count("kitchen") == 4 * 2 * 28
        assert text.count("to 12 Mar 2027") == 4 * 30


@each(EMPTY)
def test_empty_fields_leave_out_their_labels(document: Document, paper: PaperSize) -> None:
    text = text_of(render_pdf(document, paper))
    for label in (
        "Faulty",
        "Left here",
        "About to pay",
        "Ready by",
        "Booking",
        "Contact",
        "Due",
        "version",
        "Reported",
        "Warranty",
        "Still here",
        "Taken by",
    ):
        assert label not in text


@each(USUAL)
def test_only_reprints_say_copy_with_time_and_person(document: Document, paper: PaperSize) -> None:
    first = text_of(render_pdf(document, paper, copy=CopyMark(1, "2026-03-12T14:36", "Till 1")))
    second = text_of(render_pdf(document, paper, copy=CopyMark(2, "2026-03-14T09:12", "Till 1, Niamh")))
    assert "COPY" not in first
    assert "COPY 2" in second
    assert "14 Mar 2026, 09:12, Till 1, Niamh" in second


@pytest.mark.parametrize("paper", CLAIM.kind.sizes)
def test_each_device_of_a_ticket_is_told_with_its_place(paper: PaperSize) -> None:
    text = text_of(render_pdf(replace(CLAIM, devices=(PHONE, TABLET)), paper))
    assert text.index("1 of 2") < text.index("Does not charge.")
    assert "2 of 2" in text
    assert "1 of 1" not in text_of(render_pdf(CLAIM, paper)).replace("Page 1 of 1", "")


@pytest.mark.parametrize("paper", ESTIMATE.kind.sizes)
def test_an_estimate_has_room_to_sign_until_it_is_answered(paper: PaperSize) -> None:
    asked, answered = text_of(render_pdf(ESTIMATE, paper)), text_of(render_pdf(ANSWERED, paper))
    assert "I agree to this estimate" in asked
    assert "I agree to this estimate" not in answered
    assert "Approved by phone by João Pereira" in answered


@pytest.mark.parametrize("paper", HAND_BACK.kind.sizes)
def test_who_took_each_device_is_told_only_where_they_left_apart(paper: PaperSize) -> None:
    [one] = HAND_BACK.devices
    together = text_of(render_pdf(replace(HAND_BACK, devices=(one, one)), paper))
    other = replace(one, taken="João Pereira, 20 Mar 2026")
    apart = text_of(render_pdf(replace(HAND_BACK, devices=(one, other)), paper))
    assert "20 Mar 2026" in apart
    assert "Ana Pereira, 14 Mar 2026" in apart
    assert "Ana Pereira, 14 Mar 2026" not in together


@pytest.mark.parametrize("paper", LABEL.kind.sizes)
def test_each_thing_left_with_a_device_gets_a_label_of_its_own(paper: PaperSize) -> None:
    pages = PdfReader(BytesIO(render_pdf(LABEL, paper))).pages
    texts = [" ".join(page.extract_text().split()) for page in pages]
    assert len(texts) == 3
    assert "case" in texts[1]
    assert "charger" in texts[2]
    assert all("with Samsung Galaxy S22" in text and "PL39" in text for text in texts[1:])
    assert len(PdfReader(BytesIO(render_pdf(replace(LABEL, extra=""), paper))).pages) == 1


def test_things_left_are_divided_as_people_write_them() -> None:
    assert things_left(" case,charger ;\n box, ") == ["case", "charger", "box"]
    assert things_left("充电器、盒子") == ["充电器", "盒子"]
    assert things_left("") == []
    many = things_left(",".join(str(number) for number in range(30)))
    assert len(many) == MOST_EXTRA
    assert many[-1].endswith("28, 29")


@pytest.mark.parametrize("paper", [PaperSize.A4, PaperSize.LETTER])
@pytest.mark.parametrize("name", ["claim ticket", "estimate", "hand-back"])
def test_long_papers_go_on_over_pages_with_a_foot_and_the_code_on_each(name: str, paper: PaperSize) -> None:
    pdf = render_pdf(LONG_ONES[name], paper)
    pages = PdfReader(BytesIO(pdf)).pages
    assert len(pages) > 2
    for number, page in enumerate(pages, 1):
        text = page.extract_text()
        assert f"Page {number} of {len(pages)}" in text
        if name == "estimate" and "goes on and on" in text and number > 1:
            assert "Qty" in text  # the head of the table repeats
    for image in pictures(pdf):
        assert ("Code128", "T123456789") in codes_on(image)


@each(IN_SCRIPTS)
def test_papers_in_any_script_are_black_and_white_and_the_same_each_time(
    document: Document, paper: PaperSize
) -> None:
    from posapp.printing.base.preview import page_images

    pdf = render_pdf(document, paper)
    assert pdf == render_pdf(document, paper)
    rows = page_images(pdf, 72)[0][2]
    assert rows[0::4] == rows[2::4]


@pytest.mark.parametrize(
    "fault", ["\x00\x07", "\u202eevil\u202c", "👩\u200d👩\u200d👧😀", "\ud83d", " ", "\ufeff"]
)
@pytest.mark.parametrize("paper", [PaperSize.ROLL_80, PaperSize.A4])
def test_odd_texts_print(fault: str, paper: PaperSize) -> None:
    odd = replace(PHONE, device=fault, mark=fault, fault=fault, faulty=fault, accessories=fault)
    ticket: ClaimTicket = replace(CLAIM, customer_name=fault, devices=(odd,))
    found = set().union(*(codes_on(page) for page in pictures(render_pdf(ticket, paper))))
    assert found == {("Code128", "T1058"), ("QRCode", "PL39")}


def test_days_and_amounts_follow_the_shop() -> None:
    shop = replace(SHOP, locale="de_DE")
    text = text_of(render_pdf(replace(CLAIM, shop=shop), PaperSize.ROLL_80))
    assert "144,00 €" in text
    assert "Sa., 14. März 2026" in text


def test_the_file_says_what_it_is() -> None:
    about = PdfReader(BytesIO(render_pdf(HAND_BACK, PaperSize.A4))).metadata
    assert about is not None
    assert (about.title, about.subject) == ("Hand-back T1058", "PL39")


@each({name: USUAL[name] for name in ("claim ticket", "label", "estimate", "hand-back")})
def test_text_stands_where_it_stood(document: Document, paper: PaperSize) -> None:
    name = document.kind.replace("_", "-")
    text_stands_where_it_stood(
        render_pdf(document, paper, copy=CopyMark(2, "2026-03-14T09:12", "Till 1")), f"{name}-{paper}"
    )
