"""The main job without a screen: a customer is booked in a throw-away shop, and the slip lies in a file."""

import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from posapp import paths
from posapp.domain.base.phone import PhoneNumber
from posapp.domain.papers.documents import PaperSize
from posapp.services.bookings.bookings import MakeBooking
from posapp.services.customers.customers import FindOrCreate
from posapp.ui.start.application import make_application
from posapp.ui.start.program import Program, WindowOptions

if TYPE_CHECKING:
    from posapp.services.desks import Shop

NAME, PHONE = "Marta Kowalczyk", "+353 20 914 0873"


def run_demonstration(open_shop: "Callable[..., Shop]", build_demo: Callable[[str | Path], object]) -> int:
    """Book a demonstration customer, write the slip and a picture of the Desk, and say where they are."""
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
    tomorrow = program.session.wording.today() + timedelta(days=1)
    free = shop.bookings.free_times(actor, tomorrow, 30, limit=1)[0]
    booked = shop.bookings.book(
        actor,
        MakeBooking(
            starts=free.starts,
            resource_id=free.resource.id,
            minutes=30,
            who=FindOrCreate(phone=phone, name=NAME),
        ),
    )
    folder = Path(tempfile.mkdtemp(prefix="posapp-"))
    slip = folder / f"booking-{booked.booking.number}.pdf"
    shop.papers.save_pdf(actor, booked.booking.number, PaperSize.ROLL_80, slip)
    program.window.show_page("desk", booked.customer.id)
    while program.lanes.is_busy:
        app.processEvents()
    picture = folder / "desk.png"
    program.window.grab().save(str(picture))
    program.window.close()
    print("There is no screen here, so posapp did its main job off-screen in a throw-away shop:")
    word = "created" if booked.created else "reused"
    print(f"{booked.booking.number} booked for {booked.customer.pl_id} {booked.customer.name} ({word}).")
    print(f"Booking slip: {slip.resolve()}")
    print(f"Picture of the Desk: {picture.resolve()}")
    print(f"Shop used: {paths.default_database()} (removed now)")
    return 0
