"""Somebody of whom a shop knows all that it can know, everything at its end: for what must go with them."""

import io
from dataclasses import replace
from pathlib import Path

from PIL import Image
from sqlalchemy import LargeBinary, Text, select, text

from posapp.domain.base.actor import Actor
from posapp.domain.bookings.bookings import BookingStatus
from posapp.domain.customers.consents import ConsentKind
from posapp.domain.customers.customers import Customer
from posapp.domain.papers.documents import PaperKind, PaperSize
from posapp.domain.repairs.informing import ContactHow
from posapp.services.bookings.walk_ins import AddWalkIn
from posapp.services.customers.consents import SetConsent
from posapp.services.customers.customers import EditCustomer
from posapp.services.desks import Shop
from posapp.services.papers.papers import Output
from posapp.services.repairs.informing import Inform
from posapp.services.repairs.loaners import SaveLoaner
from posapp.services.selling.order_commands import Hold
from posapp.storage.base.tables import metadata
from tests.factories import NOW, a_booking, a_customer, a_phone
from tests.old_data.factories import a_batch, a_further_email, a_past_record, an_old_id
from tests.repairs import a_device, a_signature, a_ticket, approved, asked, handed_back, moved
from tests.sales import a_cart, card, goods, sold

PHONE, FORMER = a_phone(-353_979), a_phone(-353_868)  # … 646021 and 646132
NAME = "Zofia Quillfeather"
PERSONAL = (
    "Quillfeather", "quillfeather", "646021", "646132", "zofia.q@example.ie", "Xylophone Lane", "zebras",
    "XQZ5501", "quince jam", "Bruno", "old-7788", "marzipan", "sobriquet", "vestibule", "gondola",
)  # fmt: skip
"""Words and digits that stand nowhere but in what is known of this person."""


def a_known_person(shop: Shop, actor: Actor, folder: Path) -> Customer:
    """A customer with a bit of everything; nothing of it is open any more."""
    key = a_customer(
        shop, actor, NAME, phone=PHONE, email="zofia.q@example.ie", address="77 Xylophone Lane"
    ).id
    shop.customers.edit(actor, EditCustomer(customer_id=key, note="Likes zebras"))
    shop.customers.add_contact(actor, key, "Bruno Quillfeather", email="bruno@quillfeather.ie")
    customer = shop.phones.add_phone(actor, key, FORMER, label="gondola")
    line = next(one for one in customer.phones if one.number == FORMER)
    shop.phones.end_phone(actor, key, line.id)
    with shop.store.work(actor) as uow:
        uow.customers.add_alias(key, "OLD-7788")
        uow.customers.add_alias(key, "PL9001")
        uow.commit()
    for kind in ConsentKind:
        shop.consents.set(actor, SetConsent(customer_id=key, kind=kind, is_given=True))
    words = "No sobriquet please"
    shop.consents.set(
        actor, SetConsent(customer_id=key, kind=ConsentKind.PHOTOS, is_given=False, words=words)
    )
    _brought(shop, actor, key)
    _booked(shop, actor, customer, folder)
    _repaired(shop, actor, customer, folder)
    _bought(shop, actor, customer, folder)
    return shop.customers.card(actor, key).customer


def _brought(shop: Shop, actor: Actor, key: int) -> None:
    """What an import brought of the person, and a row that was refused."""
    batch = a_batch(shop, actor, system="004", at=NOW)
    an_old_id(shop, actor, key, "zofia.q@example.ie", batch_id=batch, system="004", told='{"note": "zebras"}')
    a_further_email(shop, actor, key, "zofia@quillfeather.ie")
    a_past_record(shop, actor, key, batch_id=batch, issue="quince jam")
    staged = {"batch_id": batch, "file": 0, "row": 2, "collection": "customers", "role": 0, "code": "X1"}
    staged |= {"phone_key": PHONE.key, "body": '{"name": "Zofia Quillfeather"}'}
    refused = {"batch_id": batch, "kind": "rejected", "file": "c.csv", "row": 7, "code": "phone_missing"}
    refused |= {"message": "No number", "raw": "7,Zofia Quillfeather,-,"}
    with shop.store.work(actor) as uow:
        for name, row in (("staged_record", staged), ("import_note", refused)):
            uow.connection.execute(metadata.tables[name].insert(), {"business_id": actor.business, **row})
        uow.commit()


def _booked(shop: Shop, actor: Actor, customer: Customer, folder: Path) -> None:
    booking = a_booking(
        shop, actor, customer, note="marzipan", person="Bruno Quillfeather", output=Output(paper=PaperSize.A4)
    ).number
    shop.papers.save_pdf(actor, booking, PaperSize.A4, folder / f"{booking}.pdf")
    shop.bookings.set_status(actor, booking, BookingStatus.CANCELLED, reason="Quillfeather is ill")
    walk_in = shop.walk_ins.add(actor, AddWalkIn(customer_id=customer.id, note="marzipan")).walk_in
    shop.walk_ins.left(actor, walk_in.id)


def _repaired(shop: Shop, actor: Actor, customer: Customer, folder: Path) -> None:
    loaner = shop.loaners.save(actor, SaveLoaner(name="Loan X"))
    device = a_device(serial="XQZ5501", fault="Drops of quince jam", passcode="9911")
    number = a_ticket(
        shop, actor, device, customer_id=customer.id, note="marzipan", signature=a_signature(inked=333)
    ).number
    picture = io.BytesIO()
    Image.new("RGB", (64, 64), (7, 77, 177)).save(picture, "PNG")
    shop.photos.add(actor, number, picture.getvalue())
    asked(shop, actor, number, 5000)
    approved(shop, actor, number)
    shop.informing.informed(
        actor, Inform(number=number, how=ContactHow.PHONE, words="vestibule", answer="ok")
    )
    loan = shop.loaners.out(actor, number, loaner.id, note="gondola")
    shop.papers.save_pdf(actor, number, PaperSize.A4, folder / f"{number}.pdf")
    shop.papers.save_pdf(actor, number, PaperSize.A4, folder / f"{number}e.pdf", kind=PaperKind.ESTIMATE)
    shop.loaners.back(actor, loan.id)
    moved(shop, actor, number, "ready")
    if shop.orders.counter(actor).shift is None:
        shop.shifts.open(actor, 10_000)
    sold(shop, actor, number, tenders=(card(5000, "4711"),))
    handed_back(shop, actor, number, to="Bruno Quillfeather", signature=a_signature(inked=444))
    shop.papers.save_pdf(actor, number, PaperSize.A4, folder / f"{number}h.pdf", kind=PaperKind.HAND_BACK)


def _bought(shop: Shop, actor: Actor, customer: Customer, folder: Path) -> None:
    whose = {"customer_id": customer.id}
    sku = goods(shop, actor).sku
    sale = sold(shop, actor, sku, note="vestibule", **whose).order.number
    shop.papers.save_pdf(actor, sale, PaperSize.A4, folder / f"{sale}.pdf")
    shop.papers.save_pdf(actor, sale, PaperSize.A4, folder / f"{sale}i.pdf", kind=PaperKind.INVOICE)
    cart = a_cart(shop, actor, sku, **whose)
    held = shop.orders.hold(actor, Hold(cart=cart, note="vestibule", customer_id=customer.id)).reference
    shop.orders.drop(actor, held, "gondola")
    desk = shop.gift_cards
    sold(shop, actor, cart=replace(cart, lines=(desk.line(actor, 900),)), **whose)


def places_of(shop: Shop, words: tuple[str, ...] = PERSONAL) -> set[str]:
    """In which tables and columns one of the words stands, and `document` by its kind."""
    found = set()
    with shop.store.database.connection(writes=False) as connection:
        for table in metadata.sorted_tables:
            columns = [one for one in table.columns if isinstance(one.type, Text | LargeBinary)]
            for row in connection.execute(select(table)):
                for column in columns:
                    value = row._mapping[column.name]
                    said = bytes(value).decode("latin-1") if isinstance(value, bytes | memoryview) else value
                    if value and any(word in said for word in words):
                        kind = f" {row.kind}" if table.name == "document" else ""
                        found.add(f"{table.name}.{column.name}{kind}")
    return found


def letters_of(shop: Shop) -> bytes:
    """Every byte of the files of a SQLite shop: the database and its log."""
    file = shop.store.database.file
    assert file is not None
    return b"".join(one.read_bytes() for one in sorted(file.parent.glob(f"{file.name}*")))


def without_tax_papers(shop: Shop) -> None:
    """Take the tax papers away, behind the program's back: what is left may hold nothing of a person."""
    with shop.store.database.connection(writes=True) as connection:
        connection.execute(text("UPDATE document SET snapshot = ''"))
        connection.commit()
