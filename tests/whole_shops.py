"""A shop in which every table of the schema has something: for what must hold for all of them."""

from posapp.domain.base.actor import Actor, Permission
from posapp.domain.customers.consents import ConsentKind
from posapp.domain.old_data.duplicates import FoundPair, Reason
from posapp.domain.old_data.merging import Merge
from posapp.domain.papers.documents import PaperSize
from posapp.domain.people.users import Role
from posapp.domain.repairs.informing import ContactHow
from posapp.domain.shop.businesses import ExceptionRow
from posapp.services.bookings.walk_ins import AddWalkIn
from posapp.services.customers.consents import SetConsent
from posapp.services.customers.customers import AddWithoutPhone
from posapp.services.desks import Shop
from posapp.services.papers.papers import Output
from posapp.services.repairs.informing import Inform
from posapp.services.repairs.uncollected import Remind
from tests.booked import busy_books
from tests.catalogue import busy_catalogue, on_terms
from tests.drawers import a_closed_shift, an_open_shift
from tests.factories import DAY, a_bench, a_booking, a_customer, a_phone
from tests.kiosk import busy_kiosk
from tests.old_data.factories import a_whole_import
from tests.people import a_boss, a_user, signed_in
from tests.repairs import a_signature, a_ticket, approved, asked, busy_bench, handed_back, moved
from tests.sales import busy_till


def a_whole_shop(shop: Shop, actor: Actor) -> None:
    """Fill an empty business, no table left out."""
    busy_bench(shop, actor)
    customer = a_customer(shop, actor, "Whole Customer")
    shop.customers.add_contact(actor, customer.id, "A contact")
    number = a_phone()
    shop.phones.add_phone(actor, customer.id, number)
    lines = shop.customers.card(actor, customer.id).customer.phones
    shop.phones.end_phone(actor, customer.id, next(line.id for line in lines if line.number == number))
    shop.phones.add_phone(actor, customer.id, a_phone())
    shop.consents.set(actor, SetConsent(customer_id=customer.id, kind=ConsentKind.PHOTOS, is_given=True))
    with shop.store.work(actor) as uow:
        uow.customers.add_alias(customer.id, f"OLD-{customer.id}")
        uow.commit()
    shop.customers.add_without_phone(actor, AddWithoutPhone(reason="Visitor", name="Of No Number"))
    a_whole_import(shop, actor, customer.id)
    _duplicates(shop, actor)
    shop.walk_ins.add(actor, AddWalkIn(customer_id=customer.id))
    busy_catalogue(shop, actor)
    on_terms(shop, actor, customer.id)
    bench = a_bench(shop, actor)
    shop.hours.set_exceptions(actor, bench.id, DAY, [ExceptionRow(bench.id, DAY, None, None, "Away")])
    shop.businesses.set_logo(actor, a_signature(inked=300))
    a_booking(shop, actor)
    booked = a_booking(shop, actor, customer, output=Output(paper=PaperSize.A4))
    a_ticket(shop, actor, booking=booked.number, signature=a_signature(inked=250))
    ticket = moved(shop, actor, a_ticket(shop, actor, customer_id=customer.id).number, "ready").number
    asked(shop, actor, ticket, 700, warranty_days=10)
    approved(shop, actor, ticket)
    shop.informing.informed(actor, Inform(number=ticket, how=ContactHow.PHONE, words="It is ready"))
    shop.uncollected.remind(actor, Remind(number=ticket, how=ContactHow.SMS, words="Still here"))
    handed_back(shop, actor, ticket, signature=a_signature())
    shop.shifts.verify(actor, a_closed_shift(shop, actor), 9000)
    an_open_shift(shop, actor)
    busy_till(shop, actor, customer.id)
    busy_books(shop, actor)
    busy_kiosk(shop, actor, shop.customers.card(actor, customer.id).customer)
    _users(shop, actor)


def _duplicates(shop: Shop, actor: Actor) -> None:
    """Three customers who may be one: two pairs to decide, and two customers who are two people."""
    one, two, three = (a_customer(shop, actor, "Twice Here", email="twice@example.com") for _ in range(3))
    pairs = [FoundPair(*keys, 99, (Reason.SAME_EMAIL,)) for keys in ((one.id, two.id), (one.id, three.id))]
    with shop.store.work(actor) as uow:
        uow.duplicates.replace(0, three.id, pairs)
        uow.commit()
    shop.duplicates.dismiss(actor, two.id, three.id)
    shop.duplicates.pairs(actor)
    four, five, six = (
        a_customer(shop, actor, name, email=f"{name}@x.org") for name in ("Ada", "Bea", "Cleo")
    )
    gone = shop.merging.merge(actor, Merge(survivor_id=four.id, loser_id=five.id))
    shop.merging.unmerge(actor, gone.id)
    shop.merging.merge(actor, Merge(survivor_id=four.id, loser_id=six.id))


def _users(shop: Shop, actor: Actor) -> None:
    """An ADMIN and a customer with a way in; the actor of before, who is nobody, goes on."""
    admin = a_user(shop, actor, Role.ADMIN, phone=a_phone(), email=f"ada{actor.business}@example.com")
    shop.users.customer_of(actor, admin.id)
    boss = a_boss(shop, actor)
    shop.users.new_badge(boss, admin.id)
    shop.roles.set(boss, Role.STAFF, Permission.REFUND, is_granted=True)
    shop.sign_in.give_pass(signed_in(shop, admin))
