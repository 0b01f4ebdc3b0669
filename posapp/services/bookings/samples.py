"""A sample slip with the shop's own head: for trying papers and printers without any booking.

Nothing is written down; a sample counts as no copy and has no number that a real paper could have.
"""

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from posapp.domain.base.clock import SystemClock, wall_of
from posapp.domain.bookings.papers import BookingSlip
from posapp.domain.papers.documents import CopyMark, PaperSize
from posapp.domain.shop.businesses import Business
from posapp.services.papers.content import header
from posapp.services.papers.papers import Output, Paper

if TYPE_CHECKING:
    from posapp.printing.base.system_queue import PrinterInfo

NUMBER, PL_ID = "B0", "PL0"
_PRICE = 2500


def sample_slip(shop: Business, till: str) -> BookingSlip:
    """What a customer of this shop would get for a booking of tomorrow."""
    now = wall_of(SystemClock().now(), shop.time_zone)
    return BookingSlip(
        shop=header(shop),
        number=NUMBER,
        pl_id=PL_ID,
        customer_name="Sample Customer",
        customer_phone="",
        contact_name="",
        service="Repair",
        minutes=30,
        with_whom="Counter",
        day=(now.date() + timedelta(days=1)).isoformat(),
        starts="10:00",
        zone_note="",
        price_minor=_PRICE,
        note="This is a sample. No booking was made.",
        made_at=now.isoformat(timespec="minutes"),
        made_by=till,
        terms=shop.terms,
    )


def sample_paper(shop: Business, till: str, paper: PaperSize, logo: bytes | None) -> Paper:
    """The sample, laid out."""
    from posapp.printing.render import render_pdf

    slip = sample_slip(shop, till)
    if logo is None and slip.shop.logo:
        slip = replace(slip, shop=replace(slip.shop, logo=""))
    pdf = render_pdf(slip, paper, copy=CopyMark(1, slip.made_at, till), logo=logo)
    return Paper(NUMBER, slip, pdf, 0)


def print_sample(shop: Business, till: str, output: Output, logo: bytes | None) -> None:
    """Print the sample and wait for the real outcome; raises `EnvironmentFault` when no paper came."""
    from posapp.printing.base.system_queue import SystemQueue

    queue = SystemQueue()
    made = sample_paper(shop, till, output.paper, logo)
    ticket = queue.send(made.pdf, output.printer, title="posapp test print", paper=output.paper)
    queue.wait_for(ticket)


def printers() -> "list[PrinterInfo]":
    """The printers that this computer knows; for the time before there is a shop."""
    from posapp.printing.base.system_queue import SystemQueue

    return SystemQueue().list_printers()
