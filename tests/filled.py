"""A shop in which everything has happened that can happen, with values as large as they may be."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from posapp.bootstrap import open_shop
from posapp.domain.base.actor import Actor, Permission
from posapp.domain.base.clock import FixedClock
from posapp.domain.base.errors import DomainError
from posapp.domain.base.phone import PhoneNumber
from posapp.domain.bookings.bookings import BookingStatus
from posapp.domain.old_data.merging import Merge
from posapp.domain.papers.documents import PaperKind, PaperSize
from posapp.domain.people.users import Role
from posapp.domain.repairs.informing import ContactHow
from posapp.domain.shop.businesses import ExceptionRow, ResourceKind, WeekRow
from posapp.services.bookings.bookings import MakeBooking, MoveBooking
from posapp.services.bookings.walk_ins import AddWalkIn, ServeWalkIn
from posapp.services.customers.customers import AddWithoutPhone, EditCustomer, FindOrCreate
from posapp.services.customers.ids import IdDesk
from posapp.services.desks import Shop
from posapp.services.papers.papers import Output
from posapp.services.people.users import SaveUser
from posapp.services.repairs.informing import Inform
from posapp.services.repairs.loaners import SaveLoaner
from posapp.services.repairs.uncollected import Remind
from posapp.services.selling.shifts import CloseShift
from posapp.services.shop.businesses import EditBusiness, SaveResource, SaveService
from tests.booked import busy_books
from tests.catalogue import busy_catalogue, on_terms
from tests.drawers import a_closed_shift, an_open_shift
from tests.factories import (
    NOW,
    TILL,
    a_bench,
    a_booking,
    a_business,
    a_customer,
    a_phone,
    at,
    the_clock,
)
from tests.fixtures import a_copied_database, copied_database
from tests.kiosk import busy_kiosk
from tests.old_data.brought import a_staged_row, brought
from tests.people import a_user, an_admin, signed_in
from tests.repairs import (
    IMEI,
    a_device,
    a_signature,
    a_ticket,
    approved,
    asked,
    busy_bench,
    handed_back,
    moved,
)
from tests.sales import busy_till, card, cash, goods, sold

LARGEST_PRICE = 10**12 - 1
HIGHEST_PL = 999_999_990


_TEMPLATE = "posapp_filled"
_kept: dict[Path, datetime] = {}
"""When it is in the filled shop of a folder that is there to be copied."""


@contextmanager
def a_filled_shop(request: pytest.FixtureRequest, folder: Path) -> Iterator[Shop]:
    """A filled shop for all tests of a module, on the kind of database that its parameter names."""
    kept, now = _filled_once(request)
    shutil.copytree(kept, folder, dirs_exist_ok=True)
    with _folders_in(folder), _copy(request, folder) as place:
        shop = open_shop(place, clock=FixedClock(now))
        try:
            yield shop
        finally:
            shop.close()


def _filled_once(request: pytest.FixtureRequest) -> tuple[Path, datetime]:
    """Filling takes seconds, a copy a fraction of one: it is done once for each kind of database."""
    folder = request.getfixturevalue("tmp_path_factory").getbasetemp() / f"filled-{request.param}"
    if folder not in _kept:
        folder.mkdir()
        place = str(folder / "posapp.db")
        if request.param == "sqlite":
            shutil.copyfile(request.getfixturevalue("sqlite_template"), place)
        else:
            server, template = (request.getfixturevalue(f"postgres_{one}") for one in ("url", "template"))
            place = copied_database(server, template, _TEMPLATE)
        with _folders_in(folder):
            shop = open_shop(place, clock=FixedClock(NOW))
            try:
                fill(shop, folder)
            finally:
                shop.close()
        _kept[folder] = shop.store.clock.now()
    return folder, _kept[folder]


@contextmanager
def _copy(request: pytest.FixtureRequest, folder: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield str(folder / "posapp.db")
        return
    with a_copied_database(request.getfixturevalue("postgres_url"), _TEMPLATE) as place:
        yield place


@contextmanager
def _folders_in(folder: Path) -> Iterator[None]:
    """The key of the passcodes lies in the data folder."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("POSAPP_DATA_DIR", str(folder / "data"))
        patch.setenv("POSAPP_CONFIG_DIR", str(folder / "config"))
        yield


def fill(shop: Shop, folder: Path) -> None:
    """Let everything happen in a new shop and in a second one beside it; PDFs go into a folder."""
    actor = shop.actor(TILL)
    _customers(shop, actor)
    _bookings(shop, actor, folder)
    busy_bench(shop, actor)
    busy_catalogue(shop, actor)
    on_terms(shop, actor, shop.customers.resolve(actor, "PL1").customer.id)
    _repairs(shop, actor, folder)
    _queue(shop, actor)
    busy_books(shop, actor)
    busy_kiosk(shop, actor, shop.customers.resolve(actor, "PL1").customer)
    _drawer(shop, actor, folder)
    _night(shop, actor)
    _next_door(shop)
    _sales(shop, actor)
    _users(shop, actor)
    _merges(shop, actor)
    here = brought(shop, actor, 2)
    a_staged_row(shop, actor, here.batch)


def _merges(shop: Shop, actor: Actor) -> None:
    """One merge that was undone, and one that stands."""
    names = ("Ada Lind", "Ada Lindt", "A. Lind")
    kept, back, gone = (
        a_customer(shop, actor, name, email=f"{name[:3].strip('. ')}{len(name)}@example.com")
        for name in names
    )
    undone = shop.merging.merge(actor, Merge(survivor_id=kept.id, loser_id=back.id))
    shop.merging.unmerge(actor, undone.id)
    shop.merging.merge(actor, Merge(survivor_id=kept.id, loser_id=gone.id))


def _later(shop: Shop, **by: int) -> None:
    the_clock(shop).advance(timedelta(**by))


def _customers(shop: Shop, actor: Actor) -> None:
    marta = a_customer(shop, actor, "Marta Müller", phone=a_phone(1), email="m@example.com")
    tom = a_customer(shop, actor, "Tom नेहा", phone=a_phone(2))
    shop.customers.add_contact(actor, marta.id, "Björn Åkesson")
    shop.phones.add_phone(actor, marta.id, a_phone(3))
    _later(shop, seconds=1)
    shop.phones.change_number(actor, marta.id, marta.phones[0].id, a_phone(4))
    shop.phones.move_phone(actor, tom.id, a_phone(3))
    a_customer(shop, actor, "New", phone=a_phone(1))
    shop.customers.add_without_phone(actor, AddWithoutPhone(reason="abroad", name="Ida"))
    shop.customers.edit(actor, EditCustomer(customer_id=tom.id, name="王小明 Tom", note="x"))
    for typed in ("087 123 4567", "00 44 7911 123456", "+237123456789", "+353 1 555 0142 ext 12"):
        phone = PhoneNumber.parse(typed, region="IE")
        shop.customers.find_or_create(actor, FindOrCreate(phone=phone, name=f"Of {typed}"))
    gone = a_customer(shop, actor, "Gone", phone=a_phone(7))
    shop.phones.end_phone(actor, gone.id, gone.phones[0].id)
    IdDesk(shop.store).init(actor, 23)


def _bookings(shop: Shop, actor: Actor, folder: Path) -> None:
    marta = shop.customers.resolve(actor, "PL1").customer
    shop.businesses.save_resource(actor, SaveResource(kind=ResourceKind.STAFF, name="Aino", buffer_minutes=5))
    bench = a_bench(shop, actor, capacity=2, buffer_minutes=10)
    shop.hours.set_week(actor, bench.id, [WeekRow(bench.id, day, "open", 540, 1080) for day in range(7)])
    closed = ExceptionRow(None, date(2026, 12, 25), None, None, "Christmas")
    shop.hours.set_exceptions(actor, None, closed.day, [closed])
    for _ in range(2):
        a_booking(shop, actor, starts=at(10), resource_id=bench.id)
    a_booking(shop, actor, starts=at(10), resource_id=bench.id, anyway="urgent")
    shop.bookings.set_status(actor, "B2", BookingStatus.CANCELLED, reason="ill")
    booking = a_booking(shop, actor, marta, starts=at(12), person="Björn Åkesson")
    _later(shop, minutes=1)
    for size in (PaperSize.ROLL_80, PaperSize.ROLL_58, PaperSize.A4, PaperSize.LETTER):
        shop.papers.save_pdf(actor, booking.number, size, folder / f"{size}.pdf")
    shop.bookings.move(actor, MoveBooking(number=booking.number, starts=at(13)))
    shop.bookings.set_status(actor, booking.number, BookingStatus.ARRIVED)
    command = MakeBooking(starts=at(15), customer_id=marta.id, output=Output(paper=PaperSize.A4))
    queued = shop.bookings.book(actor, command)
    shop.papers.print(actor, queued.booking.number, Output(paper=PaperSize.ROLL_80))  # nobody prints here
    assert queued.job_id is not None
    shop.papers.cancel(actor, queued.job_id)


def _repairs(shop: Shop, actor: Actor, folder: Path) -> None:
    """T5 is signed for with a warranty, T6 waits for its owner with everything on it."""
    _later(shop, hours=1)
    number = a_ticket(shop, actor, a_device(passcode="2468", shelf="B2"), a_device()).number
    asked(shop, actor, number, 5000, 700, warranty_days=90)
    _later(shop, minutes=5)
    approved(shop, actor, number, 6000)
    moved(shop, actor, number, "ready")
    shop.papers.save_pdf(actor, number, PaperSize.A4, folder / "claim.pdf")
    shop.papers.save_pdf(actor, number, PaperSize.A4, folder / "price.pdf", kind=PaperKind.ESTIMATE)
    label = PaperKind.DEVICE_LABEL
    shop.papers.save_pdf(actor, number, PaperSize.LABEL_62, folder / "label.pdf", kind=label, position=2)
    _later(shop, minutes=5)
    handed_back(shop, actor, number, signature=a_signature())
    shop.papers.save_pdf(actor, number, PaperSize.A4, folder / "back.pdf", kind=PaperKind.HAND_BACK)
    waits = a_ticket(shop, actor, a_device(passcode="1357", shelf="C3", condition=())).number
    shop.informing.informed(actor, Inform(number=waits, how=ContactHow.PHONE, words="Part is late"))
    moved(shop, actor, waits, "in_repair", "ready")
    asked(shop, actor, waits, 900)
    shop.uncollected.remind(actor, Remind(number=waits, how=ContactHow.SMS, words="Come", answer="yes"))
    shop.tickets.check_quality(Actor(actor.business, TILL, "Ravi"), waits)
    shop.loaners.out(actor, waits, shop.loaners.save(actor, SaveLoaner(name="Loan 2")).id)
    with_booking = a_booking(shop, actor, starts=at(16)).number
    a_ticket(shop, actor, a_device(), booking=with_booking, signature=a_signature(inked=250))
    assert shop.devices.look(actor, IMEI) is not None


def _queue(shop: Shop, actor: Actor) -> None:
    for _ in range(2):
        walk_in = shop.walk_ins.add(actor, AddWalkIn(customer_id=a_customer(shop, actor).id)).walk_in
    shop.walk_ins.serve(actor, ServeWalkIn(walk_in_id=walk_in.id, anyway="now"))


def _drawer(shop: Shop, actor: Actor, folder: Path) -> None:
    """Z1 was counted by pieces and verified twice, Z2 is of another till, a third goes on past midnight."""
    number = a_closed_shift(shop, actor, pieces=((2000, 4), (50, 3)), note="One note is missing")
    shop.papers.save_pdf(actor, number, PaperSize.A4, folder / "z.pdf")
    for amount in (8150, 10_000):
        shop.shifts.verify(actor, number, amount)
    a_closed_shift(shop, Actor(actor.business, "Till 2", "Ravi"), counted_minor=0)
    an_open_shift(shop, actor)


def _night(shop: Shop, actor: Actor) -> None:
    """After midnight, with a business day that began at four: before and after it was set so."""
    the_clock(shop).set(datetime.fromisoformat("2026-11-19T00:30:00+00:00"))
    a_booking(shop, actor, starts=at(11, day=date(2026, 11, 20)))
    _later(shop, minutes=80)
    shop.businesses.edit(actor, EditBusiness(cutover_minutes=240))
    _later(shop, minutes=80)
    a_booking(shop, actor, starts=at(12, day=date(2026, 11, 20)))
    a_ticket(shop, actor)
    shop.shifts.cash_out(actor, 100, "Milk")
    _later(shop, hours=8)
    shop.shifts.cash_in(actor, 300, "Change")
    the_clock(shop).advance(timedelta(hours=-10))
    shop.shifts.cash_in(actor, 1, "Found")
    _later(shop, hours=10)
    shop.shifts.take_over(Actor(actor.business, "Till 3"), TILL)


def _sales(shop: Shop, actor: Actor) -> None:
    """Everything that is sold at a till with a drawer of its own, counted in the end; more at an open one."""
    shop.businesses.edit(actor, EditBusiness(cash_rounding_minor=5))
    till = Actor(actor.business, "Till 5", "Noor")
    an_open_shift(shop, till)
    whose = a_customer(shop, till, "Sold to").id
    busy_till(shop, till, whose)
    shop.shifts.close(till, CloseShift(counted_minor=20_000))
    open_till = Actor(actor.business, "Till 6")
    an_open_shift(shop, open_till)
    item = goods(shop, open_till, 1003)
    sold(shop, open_till, item.sku, tenders=(cash(1005),))
    _later(shop, hours=24)
    sold(shop, open_till, item.sku, tenders=(card(1003),), customer_id=whose)


def _users(shop: Shop, actor: Actor) -> None:
    """An ADMIN who is PL1, somebody who tried wrong PINs, a customer with a way in, a manager who left."""
    admin = an_admin(shop, actor)
    shop.users.save(
        admin,
        SaveUser(id=admin.user_id, name="Ada", role=Role.ADMIN, phone=a_phone(4), email="ada@example.com"),
    )
    assert admin.user_id is not None
    assert not shop.users.customer_of(admin, admin.user_id).created
    shop.users.set_password(admin, admin.user_id, "a long password")
    staff = a_user(shop, admin, name="Emeka", discount_limit=50_000)
    shop.users.new_badge(admin, staff.id)
    with pytest.raises(DomainError):
        signed_in(shop, staff, pin="135791")
    signed_in(shop, a_user(shop, admin, Role.CUSTOMER, name="Comes in", phone=a_phone()))
    shop.users.disable(admin, a_user(shop, admin, Role.MANAGER, name="Left").id)
    shop.roles.set(admin, Role.STAFF, Permission.REFUND, is_granted=True)
    shop.roles.set_discount(admin, Role.STAFF, 50_000)
    shop.users.set_pin_length(admin, 5)
    shop.sign_in.give_pass(admin)


def _next_door(shop: Shop) -> None:
    """A second shop far away, with the largest numbers and amounts, and a booking in the next century."""
    other = a_business(shop, name="Next door", region="US", currency="USD", time_zone="Asia/Kolkata")
    IdDesk(shop.store).init(other, HIGHEST_PL)
    dear = shop.businesses.save_service(
        other, SaveService(name="Dear", minutes=1440, price_minor=LARGEST_PRICE)
    )
    far = at(9, day=date(2100, 3, 1))
    local = PhoneNumber.parse("555-1234", region="US")
    command = FindOrCreate(phone=local, name="Local")
    shop.bookings.book(
        other, MakeBooking(who=command, starts=far, service_id=dear.id, minutes=1440, anyway="for years")
    )
    number = a_ticket(shop, other).number
    asked(shop, other, number, LARGEST_PRICE - 10, 9, warranty_days=3650)
    approved(shop, other, number, LARGEST_PRICE)
    a_closed_shift(shop, other, float_minor=LARGEST_PRICE - 5000, counted_minor=LARGEST_PRICE)
