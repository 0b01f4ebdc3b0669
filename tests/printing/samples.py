"""Slips to print, and ways to look at what came out."""

from dataclasses import replace
from io import BytesIO

import zxingcpp
from PIL import Image
from pypdf import PdfReader

from posapp.domain.bookings.papers import BookingSlip
from posapp.domain.papers.documents import PaperSize, ShopHeader
from posapp.printing.base.preview import page_images
from posapp.printing.render import render_pdf

SHOP = ShopHeader(
    name="Harbour Lane Repairs",
    address="14 Harbour Lane, Dublin 2",
    phone="+353 20 912 4455",
    email="desk@harbourlane.example",
    website="harbourlane.example",
    tax_id="VAT IE0000000XX",
    locale="en_IE",
    currency="EUR",
    time_zone="Europe/Dublin",
)
SLIP = BookingSlip(
    shop=SHOP,
    number="B319",
    pl_id="PL24",
    customer_name="Marta Kowalczyk",
    customer_phone="+353 20 914 0873",
    contact_name="Łukasz Kowalczyk",
    service="Screen replacement, iPhone 13",
    minutes=90,
    with_whom="Niamh",
    day="2026-03-14",
    starts="15:30",
    zone_note="",
    price_minor=13900,
    note="Bring the charger.",
    made_at="2026-03-12T14:36",
    made_by="Till 1, Niamh",
    terms="We ask before any work above the estimate.",
)
EMPTY = replace(
    SLIP,
    shop=ShopHeader("", "", "", "", "", ""),
    customer_name="",
    customer_phone="",
    contact_name="",
    service="",
    with_whom="",
    price_minor=None,
    note="",
    made_by="",
    terms="",
)
LONG = replace(
    SLIP,
    number="B123456789",
    pl_id="PL123456789",
    customer_name=("Wolfeschlegelsteinhausenbergerdorff " * 6)[:200],
    contact_name="Maximilian Alexander " * 9,
    service="A service whose name goes on and on " * 5,
    with_whom="Somebody with quite a long name " * 4,
    note=("The screen fell in the kitchen on Sunday. " * 30)[:1000],
    made_by="The till at the front by the window, Siobhán O'Neill-Featherstonehaugh",
    zone_note="summer time, first 02:30",
    shop=replace(
        SHOP,
        name="The Extremely Long Harbour Lane Repairs And Sons Company Limited " * 2,
        address="Suite 42, 14 Harbour Lane\nIndustrial Estate\nDublin 2",
        email="a.very.long.address.indeed.and.more@harbourlane-repairs.example",
    ),
)
MILLIMETRES = {
    PaperSize.ROLL_80: (80.0, None),
    PaperSize.ROLL_58: (58.0, None),
    PaperSize.A4: (210.0, 297.0),
    PaperSize.LETTER: (215.9, 279.4),
    PaperSize.LABEL_57: (57.0, 32.0),
    PaperSize.LABEL_62: (62.0, 29.0),
    PaperSize.BADGE: (54.0, 85.0),
}
MARGIN = {
    PaperSize.ROLL_80: 57,
    PaperSize.ROLL_58: 51,
    PaperSize.A4: 159,
    PaperSize.LETTER: 159,
    PaperSize.LABEL_57: 19,
    PaperSize.LABEL_62: 19,
    PaperSize.BADGE: 23,
}
"""Dots at the left and right edge that stay white."""


def text_of(pdf: bytes) -> str:
    """What a reader of the file finds, in one line."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


def pictures(pdf: bytes, dpi: float = 203) -> list[Image.Image]:
    """The pages in grey."""
    return [
        Image.frombytes("RGBA", (width, height), rows).convert("L")
        for width, height, rows in page_images(pdf, dpi)
    ]


def picture(slip: BookingSlip, paper: PaperSize = PaperSize.ROLL_80) -> Image.Image:
    """The first page of a slip, a pixel for each dot."""
    return pictures(render_pdf(slip, paper))[0]


def codes_on(page: Image.Image) -> set[tuple[str, str]]:
    """Format and text of each code that a scanner finds, upright and dark on white as papers have them."""
    found = zxingcpp.read_barcodes(page, try_rotate=False, try_invert=False)
    return {(code.format.name, code.text) for code in found}


def ink(page: Image.Image) -> tuple[int, int, int, int]:
    """The box around all that is not white: left, top, right, bottom."""
    box = page.point([255] * 250 + [0] * 6).getbbox()
    assert box is not None, "the page is empty"
    return box
