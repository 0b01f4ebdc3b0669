"""The main job without a screen: a throw-away shop books a customer and sells; the papers lie in files."""

import tempfile
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from posapp import paths
from posapp.domain.base.phone import PhoneNumber
from posapp.domain.papers.documents import PaperSize
from posapp.domain.selling.carts import Cart
from posapp.domain.selling.payments import Tender, Tendered
from posapp.services.bookings.booking_commands import MakeBooking
from posapp.services.customers.customers import FindOrCreate
from posapp.services.selling.order_commands import Sell
from posapp.ui.start.application import make_application
from posapp.ui.start.options import WindowOptions
from posapp.ui.start.program import Program

if TYPE_CHECKING:
    from posapp.domain.base.actor import Actor
    from posapp.services.bookings.booking_commands import Booked
    from posapp.services.desks import Shop
    from posapp.services.selling.order_commands import Sold

NAME, PHONE = "Marta Kowalczyk", "+353 20 914 0873"
GOODS, FLOAT, MINUTES = ("GLASS", "USBC-1"), 10_000, 30


def run_demonstration(open_shop: "Callable[..., Shop]", build_demo: Callable[[str | Path], object]) -> int:
    """Book a customer and sell to them, write both papers and a picture of the Desk, say where they are."""
    app = make_application()
    program = Program(app, WindowOptions(demo=True), open_shop, build_demo)
    program.window.resize(1366, 768)
    program.run()
    while program.session is None and not program.has_failed:
        app.processEvents()
    if program.session is None:
        print("The demonstration shop could not be opened.")
        return 1
    shop, actor = program.session.shop, program.session.actor
    phone = PhoneNumber.parse(PHONE, region=program.session.region)
    who = FindOrCreate(phone=phone, name=NAME)
    booked = _book(shop, actor, who, program.session.wording.today() + timedelta(days=1))
    sale = _sell(shop, actor, who)
    folder = Path(tempfile.mkdtemp(prefix="posapp-"))
    slip, receipt = (folder / f"{number}.pdf" for number in (booked.booking.number, sale.order.number))
    shop.papers.save_pdf(actor, booked.booking.number, PaperSize.ROLL_80, slip)
    shop.papers.save_pdf(actor, sale.order.number, PaperSize.ROLL_80, receipt)
    program.window.show_page("desk", booked.customer.id)
    while program.lanes.is_busy:
        app.processEvents()
    picture = folder / "desk.png"
    program.window.grab().save(str(picture))
    program.window.close()
    print("There is no screen here, so posapp did its main job off-screen in a throw-away shop:")
    word = "created" if booked.created else "reused"
    print(f"{booked.booking.number} booked for {booked.customer.pl_id} {booked.customer.name} ({word}).")
    print(f"{sale.order.number} sold to {sale.order.pl_id}, the same customer, for cash.")
    print(f"Receipt: {receipt.resolve()}")
    print(f"Booking slip: {slip.resolve()}")
    print(f"Picture of the Desk: {picture.resolve()}")
    print(f"Shop used: {paths.default_database()} (removed now)")
    return 0


def _book(shop: "Shop", actor: "Actor", who: FindOrCreate, day: date) -> "Booked":
    free = shop.bookings.free_times(actor, day, MINUTES, limit=1)[0]
    command = MakeBooking(starts=free.starts, resource_id=free.resource.id, minutes=MINUTES, who=who)
    return shop.bookings.book(actor, command)


def _sell(shop: "Shop", actor: "Actor", who: FindOrCreate) -> "Sold":
    """Two things off the shelf for cash; the shift is opened if need be."""
    counter = shop.orders.counter(actor)
    if counter.shift is None:
        shop.shifts.open(actor, FLOAT)
    cart = Cart()
    for code in GOODS:
        for line in shop.orders.scanned(actor, code).lines:
            cart = cart.with_line(line)
    total = cart.sums(counter.rules).total_minor
    return shop.orders.sell(actor, Sell(cart=cart, tenders=(Tendered(Tender.CASH, total),), who=who))
