"""Who did what: pages of the journal by person, kind, day and record."""

from datetime import timedelta

import pytest

from posapp.domain.base.actions import Action
from posapp.domain.base.actor import Actor, Approval, Permission
from posapp.domain.base.errors import DomainError
from posapp.domain.bookings.bookings import BookingStatus
from posapp.services.care.journal import KINDS, OTHER, JournalAsked, kind_of
from posapp.services.customers.customers import EditCustomer
from posapp.services.desks import Shop
from posapp.services.shop.businesses import EditBusiness
from posapp.storage.care import journal as pages
from tests.factories import DAY, NOW, a_booking, a_business, a_customer, the_clock


@pytest.fixture
def busy(shop: Shop, actor: Actor) -> Shop:
    """Two days of work by Grace, Ann and a till, beside a neighbour."""
    grace, ann = (Actor(actor.business, "Till 1", name) for name in ("Grace", "Ann"))
    marta = a_customer(shop, grace, note="door 4")
    a_booking(shop, ann, marta)
    the_clock(shop).set(NOW + timedelta(days=1))
    shop.customers.edit(ann, EditCustomer(customer_id=marta.id, note="door 5"))
    shop.bookings.set_status(grace, "B1", BookingStatus.CANCELLED, reason="ill")
    shop.businesses.edit(actor, EditBusiness(tax_id="IE 7"))
    a_customer(shop, a_business(shop, name="Next door"))
    return shop


def acts(shop: Shop, actor: Actor, **asked: object) -> list[str]:
    """What the entries of a page tell of, the newest first."""
    found = shop.journal.page(actor, JournalAsked(**asked))  # type: ignore[arg-type]
    assert found.before is None
    return [line.action for line in found.lines]


ALL = ["business.edited", "booking.status", "customer.edited", "booking.made", "customer.created"]


def test_the_newest_stands_first_and_no_other_shop_is_seen(busy: Shop, actor: Actor) -> None:
    assert acts(busy, actor) == [*ALL, "business.created"]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"who": "Grace"}, ["booking.status", "customer.created"]),
        ({"who": "Till 1"}, ["business.edited", "business.created"]),
        ({"who": "Nobody"}, []),
        ({"about": "bookings"}, ["booking.status", "booking.made"]),
        ({"about": "customer"}, ["customer.edited", "customer.created"]),
        ({"about": OTHER}, ["business.edited", "business.created"]),
        ({"about": "bookings", "who": "Ann"}, ["booking.made"]),
        ({"until": DAY}, ["booking.made", "customer.created", "business.created"]),
        ({"since": DAY + timedelta(1)}, ["business.edited", "booking.status", "customer.edited"]),
        ({"since": DAY, "until": DAY, "who": "Ann"}, ["booking.made"]),
        ({"since": DAY + timedelta(9)}, []),
        ({"number": "B1"}, ["booking.status", "booking.made"]),
        ({"number": "PL1"}, ["customer.edited", "customer.created"]),
        ({"number": "pl1", "who": "Ann"}, ["customer.edited"]),
        ({"after": 3}, ["business.edited", "booking.status", "customer.edited"]),
        ({"before": 3}, ["customer.created", "business.created"]),
    ],
)
def test_entries_are_found_by_person_kind_day_and_record(
    busy: Shop, actor: Actor, asked: dict[str, object], said: list[str]
) -> None:
    assert acts(busy, actor, **asked) == said


@pytest.mark.parametrize("asked", [JournalAsked(), JournalAsked(number="PL1"), JournalAsked(since=DAY)])
def test_pages_go_on_where_the_one_before_ended(busy: Shop, actor: Actor, asked: JournalAsked) -> None:
    whole = [line.id for line in busy.journal.page(actor, asked).lines]
    found: list[int] = []
    before: int | None = None
    for _ in whole:
        page = busy.journal.page(
            actor, JournalAsked(number=asked.number, since=asked.since, before=before), 1
        )
        found += [line.id for line in page.lines]
        before = page.before
    assert found == whole
    assert before is None


def test_what_is_rare_is_looked_for_a_stretch_at_a_time(
    busy: Shop, actor: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "SPAN", 1)
    monkeypatch.setattr(pages, "MOST", 2)
    asked, found = JournalAsked(about="customers"), []
    while True:
        page = busy.journal.page(actor, asked)
        found.append([line.action for line in page.lines])
        if page.before is None:
            break
        asked = JournalAsked(about="customers", before=page.before)
    assert found == [[], ["customer.edited"], ["customer.created"]]


def test_an_entry_tells_what_was_what_is_and_who_approved_it(busy: Shop, actor: Actor) -> None:
    lent = Approval("Grace", frozenset({Permission.SHOP_WRITE}))
    clerk = Actor(actor.business, "Till 2", "Ann", frozenset({Permission.SHOP_READ}))
    busy.businesses.edit(clerk.approved(lent), EditBusiness(tax_id="IE 8"))
    [newest, *_] = busy.journal.page(actor, JournalAsked()).lines
    line = busy.journal.entry(actor, newest.id)
    assert (line.who, line.till, line.approved_by) == ("Ann", "Till 2", "Grace")
    assert "IE 7" in line.before.values()
    assert "IE 8" in line.after.values()


def test_who_wrote_lately_is_named_once_people_first(busy: Shop, actor: Actor) -> None:
    assert busy.journal.names(actor) == ["Ann", "Grace", "Till 1"]


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"number": "T9"}, "number_unknown"),
        ({"number": "PL9"}, "number_unknown"),
        ({"number": "H1"}, "number_unknown"),
        ({"number": "door"}, "pl_id_invalid"),
        ({"about": "weather"}, "about_unknown"),
    ],
)
def test_what_is_not_there_is_refused_in_a_sentence(
    busy: Shop, actor: Actor, asked: dict[str, str], code: str
) -> None:
    with pytest.raises(DomainError) as refused:
        busy.journal.page(actor, JournalAsked(**asked))  # type: ignore[arg-type]
    assert refused.value.code == code


def test_an_entry_of_another_shop_is_not_there(busy: Shop, actor: Actor) -> None:
    last = busy.journal.page(actor, JournalAsked()).lines[0].id
    with pytest.raises(DomainError) as refused:
        busy.journal.entry(a_business(busy, name="Third"), last)
    assert refused.value.code == "entry_unknown"


def test_every_act_is_of_one_kind(busy: Shop, actor: Actor) -> None:
    known = [word for words in KINDS.values() for word in words]
    assert len(known) == len(set(known))
    assert {one.about for one in Action} >= {*known} - {"consent"}
    kinds = [kind_of(line) for line in busy.journal.page(actor, JournalAsked()).lines]
    assert kinds == [OTHER, "bookings", "customers", "bookings", "customers", OTHER]
