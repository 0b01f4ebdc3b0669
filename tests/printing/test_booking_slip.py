"""The booking slip, read back from its PDF and looked at as dots."""

from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image
from pypdf import PdfReader

from posapp.domain.bookings.papers import BookingSlip
from posapp.domain.papers.documents import CopyMark, PaperKind, PaperSize
from posapp.printing.render import render_pdf
from tests.printing.golden import text_stands_where_it_stood
from tests.printing.samples import (
    EMPTY,
    LONG,
    MARGIN,
    MILLIMETRES,
    SHOP,
    SLIP,
    codes_on,
    ink,
    picture,
    pictures,
    text_of,
)

papers = pytest.mark.parametrize("paper", PaperKind.BOOKING_SLIP.sizes)
SCRIPTS = replace(
    SLIP,
    customer_name="नेहा शर्मा",
    contact_name="محمد علي السيد",
    with_whom="陈小明",
    note="يرجى إحضار الشاحن 42 معك\nสวัสดี Ana שלום",
)


@papers
def test_all_that_was_booked_can_be_read_from_the_file(paper: PaperSize) -> None:
    text = text_of(render_pdf(SLIP, paper))
    for part in (
        "Harbour Lane Repairs",
        "14 Harbour Lane, Dublin 2",
        "VAT IE0000000XX",
        "B319",
        "PL24",
        "Marta Kowalczyk",
        "+353 20 914 0873",
        "Łukasz Kowalczyk",
        "Screen replacement",
        "Niamh",
        "Sat 14 Mar 2026",
        "15:30",
        "1 h 30 min",
        "€139.00",
        "Bring the charger.",
        "12 Mar 2026, 14:36",
        "Till 1, Niamh",
        "We ask before any work above the estimate.",
    ):
        assert part in text


@papers
def test_the_page_is_as_wide_as_the_paper(paper: PaperSize) -> None:
    width, height = MILLIMETRES[paper]
    box = PdfReader(BytesIO(render_pdf(SLIP, paper))).pages[0].mediabox
    assert float(box.width) / 72 * 25.4 == pytest.approx(width, abs=0.1)
    if height is not None:
        assert float(box.height) / 72 * 25.4 == pytest.approx(height, abs=0.01)


@papers
@pytest.mark.parametrize("slip", [SLIP, EMPTY, LONG], ids=["usual", "empty", "long"])
def test_a_scanner_reads_both_codes_at_203_dpi(paper: PaperSize, slip: BookingSlip) -> None:
    found = set().union(*(codes_on(page) for page in pictures(render_pdf(slip, paper))))
    assert found == {("Code128", slip.number), ("QRCode", slip.pl_id)}


@papers
@pytest.mark.parametrize("slip", [SLIP, EMPTY, LONG, SCRIPTS], ids=["usual", "empty", "long", "scripts"])
def test_nothing_stands_in_the_margins(paper: PaperSize, slip: BookingSlip) -> None:
    copy = CopyMark(12, "2026-03-14T09:12", "Till 1, Siobhán O'Neill-Featherstonehaugh " * 2)
    for page in pictures(render_pdf(slip, paper, copy=copy, logo=_logo(900, 300))):
        left, top, right, bottom = ink(page)
        margin = MARGIN[paper]
        assert left >= margin - 2  # the big number's round letters start a little outside the column
        assert right <= page.width - margin
        assert top >= 30
        assert bottom <= page.height - 30


@pytest.mark.parametrize("paper", [PaperSize.ROLL_80, PaperSize.ROLL_58])
def test_a_roll_ends_below_its_content(paper: PaperSize) -> None:
    page, long_page = picture(SLIP, paper), picture(LONG, paper)
    assert long_page.height > page.height
    assert page.height - ink(page)[3] < 60


@papers
def test_paper_is_black_and_white_only(paper: PaperSize) -> None:
    pdf = render_pdf(SCRIPTS, paper, logo=_logo(300, 300))
    assert all(abs(red - blue) == 0 for red, blue in _reds_and_blues(pdf))


@papers
def test_long_texts_are_all_there(paper: PaperSize) -> None:
    text = text_of(render_pdf(LONG, paper))
    assert text.count("kitchen") == LONG.note.count("kitchen")
    assert text.count("goes on and on") == 5
    assert "B123456789" in text
    assert "PL123456789" in text
    assert "first 02:30" in text


@papers
def test_empty_fields_leave_out_their_labels(paper: PaperSize) -> None:
    text = text_of(render_pdf(EMPTY, paper))
    for label in ("Price", "Contact", "Phone", "Note", "With"):
        assert label not in text
    assert "PL24" in text
    assert "3:30 PM" in text


@papers
def test_only_reprints_say_copy_with_time_and_person(paper: PaperSize) -> None:
    first = text_of(render_pdf(SLIP, paper, copy=CopyMark(1, "2026-03-12T14:36", "Till 1")))
    second = text_of(render_pdf(SLIP, paper, copy=CopyMark(2, "2026-03-14T09:12", "Till 1, Niamh")))
    assert "COPY" not in first
    assert "COPY 2" in second
    assert "14 Mar 2026, 09:12, Till 1, Niamh" in second


def test_the_same_slip_gives_the_same_bytes() -> None:
    assert render_pdf(SCRIPTS, PaperSize.A4) == render_pdf(SCRIPTS, PaperSize.A4)


def test_the_file_says_what_it_is() -> None:
    about = PdfReader(BytesIO(render_pdf(SLIP, PaperSize.A4))).metadata
    assert about is not None
    assert (about.title, about.subject, about.author) == ("Booking B319", "PL24", "Harbour Lane Repairs")


@pytest.mark.parametrize(
    ("locale", "currency", "parts"),
    [
        ("en_US", "USD", ["Sat, Mar 14, 2026", "3:30 PM", "$139.00"]),
        ("de_DE", "EUR", ["Sa., 14. März 2026", "15:30", "139,00 €"]),
        ("ja_JP", "JPY", ["2026", "15:30", "13,900"]),
        ("el_GR", "EUR", ["Σάβ 14 Μαρ 2026"]),
        ("uk_UA", "UAH", ["14 бер. 2026"]),
        ("xx_YY", "EUR", ["Sat 14 Mar 2026"]),
    ],
)
def test_days_times_and_amounts_follow_the_shop(locale: str, currency: str, parts: list[str]) -> None:
    shop = replace(SHOP, locale=locale, currency=currency)
    text = text_of(render_pdf(replace(SLIP, shop=shop), PaperSize.ROLL_80))
    for part in parts:
        assert part in text


def test_figures_and_latin_words_stay_searchable_inside_other_scripts() -> None:
    text = text_of(render_pdf(SCRIPTS, PaperSize.ROLL_80))
    assert "42" in text
    assert "Ana" in text


@pytest.mark.parametrize("paper", [PaperSize.A4, PaperSize.LETTER])
def test_long_terms_and_notes_go_on_over_further_pages_with_a_foot_on_each(paper: PaperSize) -> None:
    slip = replace(SLIP, terms="Paragraph of the terms.\n" * 120, note="A line of the note.\n" * 60)
    pdf = render_pdf(slip, paper)
    pages = PdfReader(BytesIO(pdf)).pages
    assert len(pages) > 2
    text = text_of(pdf)
    assert text.count("Paragraph of the terms.") == 120
    assert text.count("A line of the note.") == 60
    for number, page in enumerate(pages, 1):
        assert f"Page {number} of {len(pages)}" in page.extract_text()
        assert "PL24" in page.extract_text()
    for image in pictures(pdf):
        assert ("Code128", "B319") in codes_on(image)


def test_a_logo_is_printed_and_a_damaged_one_does_not_stop_the_paper() -> None:
    plain = pictures(render_pdf(SLIP, PaperSize.ROLL_80))[0]
    with_logo = pictures(render_pdf(SLIP, PaperSize.ROLL_80, logo=_logo(300, 300)))[0]
    damaged = pictures(render_pdf(SLIP, PaperSize.ROLL_80, logo=b"no picture"))[0]
    assert with_logo.height == plain.height + 154
    assert damaged.height == plain.height


@pytest.mark.parametrize(
    "name",
    [
        "\x00\x07",
        "\u202eevil\u202c",
        "Z" + "\u0351\u036b" * 30 + "L",
        "👩\u200d👩\u200d👧😀",
        "\ud83d",
        "Ana\r\nKovač",
        " ",
        "\ufeff",
        "ᠮᠣᠩᠭᠣᠯ",
    ],
)
def test_odd_names_print(name: str) -> None:
    page = picture(replace(SLIP, customer_name=name, note=name, service=name))
    assert codes_on(page) == {("Code128", "B319"), ("QRCode", "PL24")}


@papers
def test_text_stands_where_it_stood(paper: PaperSize) -> None:
    pdf = render_pdf(SLIP, paper, copy=CopyMark(2, "2026-03-14T09:12", "Till 1"))
    text_stands_where_it_stood(pdf, f"booking-slip-{paper}")


def _logo(width: int, height: int) -> bytes:
    written = BytesIO()
    Image.new("RGBA", (width, height), (20, 40, 160, 255)).save(written, "PNG")
    return written.getvalue()


def _reds_and_blues(pdf: bytes) -> list[tuple[int, int]]:
    from posapp.printing.base.preview import page_images

    rows = page_images(pdf, 72)[0][2]
    return list(zip(rows[0::4], rows[2::4], strict=True))


@papers
def test_the_first_paper_of_a_day_carries_the_end_of_the_journal_at_its_foot(paper: PaperSize) -> None:
    sealed = replace(SLIP, seal="4711-3f9a12cdab349911ffee")
    text_stands_where_it_stood(render_pdf(sealed, paper, copy=None), f"sealed-slip-{paper}")
