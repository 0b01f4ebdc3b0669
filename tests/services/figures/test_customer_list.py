"""All customers in every order and segment, a page after the other, and what they come to together."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from posapp.bootstrap import open_shop
from posapp.domain.base.actor import Actor, Permission
from posapp.domain.base.errors import DomainError
from posapp.domain.base.folding import fold, search_words
from posapp.domain.customers.consents import ConsentKind
from posapp.domain.customers.privacy import Erase
from posapp.domain.figures.customer_list import CustomerLine, Segment, SortBy, Wanted
from posapp.services.care.demo import build_demo
from posapp.services.care.journal import JournalAsked
from posapp.services.care.verify import verify
from posapp.services.customers.consents import SetConsent
from posapp.services.customers.customers import AddWithoutPhone
from posapp.services.desks import Shop
from posapp.storage.figures import customer_list as storage
from tests.books import check_verified
from tests.factories import a_booking, a_business, a_customer, a_phone, the_clock
from tests.old_data.factories import a_past_record
from tests.repairs import a_device, a_ticket, handed_back, moved
from tests.sales import a_sale, busy_till

VALUES: dict[SortBy, Any] = {
    SortBy.ID: lambda line: line.pl_id.number,
    SortBy.NAME: lambda line: fold(line.name),
    SortBy.PHONE: lambda line: line.phone.key if line.phone else "",
    SortBy.VISITS: lambda line: line.visits,
    SortBy.TICKETS: lambda line: line.tickets,
    SortBy.LAST_VISIT: lambda line: line.last_visit.toordinal() if line.last_visit else 0,
    SortBy.SPENT: lambda line: line.spent_minor,
    SortBy.BALANCE: lambda line: line.balance_minor,
}
IN: dict[Segment, Any] = {
    Segment.ALL: lambda line: True,
    Segment.OWES: lambda line: line.balance_minor > 0,
    Segment.OPEN_TICKET: lambda line: line.open_tickets > 0,
    Segment.TOP: lambda line: line.spent_minor > 0,
}


def listed(shop: Shop, actor: Actor, wanted: Wanted, limit: int) -> Iterator[CustomerLine]:
    """All pages of a list."""
    after = None
    while True:
        page = shop.customer_list.page(actor, wanted, after, limit)
        yield from page.lines
        assert len(page.lines) == limit or page.after is None
        if page.after is None:
            return
        after = page.after


def check_every_list(shop: Shop, actor: Actor, limit: int, *texts: str) -> None:
    """Each segment in each order, up and down, is what the whole list holds."""
    whole = list(listed(shop, actor, Wanted(), 1000))
    people = shop.customers.cards(actor, [line.id for line in whole])
    words = {one.id: words_of([one.name, *(person.name for person in one.contacts)]) for one in people}
    for segment in Segment:
        of = {line.id: line for line in listed(shop, actor, Wanted(segment), 1000)}
        if segment in IN:
            assert of == {line.id: line for line in whole if IN[segment](line)}
        for sort in SortBy:
            for is_descending in (False, True):
                for text in ("", *texts):
                    wanted = Wanted(segment, sort, is_descending, text)
                    lines = list(listed(shop, actor, wanted, limit))
                    keys = [(VALUES[sort](line), line.id) for line in lines]
                    order = [key[0] for key in keys] if sort is SortBy.LAST_VISIT else keys
                    assert order == sorted(order, reverse=is_descending), wanted
                    named = {key for key in of if is_named(words[key], text)}
                    assert {line.id for line in lines} == named, wanted
                    assert len(lines) == len(named)
                    assert shop.customer_list.keys(actor, wanted) == tuple(line.id for line in lines)


def words_of(names: list[str]) -> list[str]:
    """The words by which somebody with these names is found."""
    return " ".join(" ".join(search_words(name)) for name in names).split()


def is_named(words: list[str], text: str) -> bool:
    """Whether there are words that begin so."""
    return all(any(word.startswith(one) for word in words) for one in fold(text).split())


@pytest.mark.parametrize("gathered", [0, storage.GATHERED])
def test_every_list_of_a_large_shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, gathered: int) -> None:
    monkeypatch.setattr(storage, "GATHERED", gathered)
    build_demo(tmp_path / "demo.db", 80)
    shop = open_shop(tmp_path / "demo.db")
    actor = shop.actor("Till 1")
    check_every_list(shop, actor, 17, "a", "ma o")
    sizes = shop.customer_list.figures(actor).of
    assert sizes == {one: len(list(listed(shop, actor, Wanted(one), 1000))) for one in Segment}
    assert sizes[Segment.OPEN_TICKET] and sizes[Segment.NOT_SEEN] and sizes[Segment.TOP]
    shop.close()


def a_few(shop: Shop, actor: Actor) -> list[int]:
    """Customers of every kind."""
    shop.shifts.open(actor, 100_000)
    busy = a_customer(shop, actor, "Ána Órla")
    busy_till(shop, actor, busy.id)
    past = a_customer(shop, actor, "Zoë")
    a_past_record(shop, actor, past.id, amount_minor=500)
    owner = a_customer(shop, actor, "=SUM(A1)")
    a_ticket(shop, actor, a_device(), customer_id=owner.id)
    no_phone = shop.customers.add_without_phone(actor, AddWithoutPhone(reason="has none", name="Bo Ann"))
    second = shop.customers.add_without_phone(actor, AddWithoutPhone(reason="has none", name="Cy"))
    a_sale(shop, actor, customer_id=no_phone.id)
    a_booking(shop, actor, second)
    the_clock(shop).advance(timedelta(days=200))
    late = a_customer(shop, actor, "Local")
    return [busy.id, past.id, owner.id, no_phone.id, second.id, late.id]


def test_every_list_on_both_databases(shop: Shop, actor: Actor) -> None:
    keys = a_few(shop, actor)
    other = a_business(shop, name="Next door")
    a_customer(shop, other, "Somebody else")
    check_every_list(shop, actor, 2, "an")
    assert sorted(shop.customer_list.keys(actor, Wanted())) == sorted(keys)
    seen = set(shop.customer_list.keys(actor, Wanted(Segment.NOT_SEEN)))
    assert seen == {keys[0], keys[2], keys[3]}
    assert shop.customer_list.keys(actor, Wanted(Segment.NEW)) == (keys[5],)
    [result] = [one for one in verify(shop.store) if one.rule == "customer_figures"]
    assert (result.failed, result.checked) == (0, 7)


def test_a_text_narrows_like_the_search_of_the_desk(shop: Shop, actor: Actor) -> None:
    number = a_phone()
    one = a_customer(shop, actor, "Ána Órla", phone=number, email="orla@example.com")
    two = a_customer(shop, actor, "Bert Zimmer")
    keys = shop.customer_list.keys
    assert keys(actor, Wanted(text="ana o")) == (one.id,)
    assert keys(actor, Wanted(text=str(two.pl_id))) == (two.id,)
    assert keys(actor, Wanted(text=number.key)) == keys(actor, Wanted(text=number.key[-5:])) == (one.id,)
    assert keys(actor, Wanted(text="orla@")) == (one.id,)
    assert keys(actor, Wanted(text="Bert Zimer")) == (two.id,)  # misspelt
    assert keys(actor, Wanted(text="nobody here")) == ()
    assert shop.customer_list.page(actor, Wanted(text="§")).lines == ()


def test_what_devices_here_wait_for_is_told_by_ticket(shop: Shop, actor: Actor) -> None:
    owner = a_customer(shop, actor)
    ready = a_ticket(shop, actor, a_device(), customer_id=owner.id)
    moved(shop, actor, ready.number, "diagnosing", "in_repair", "ready")
    parts = a_ticket(shop, actor, a_device(), customer_id=owner.id)
    moved(shop, actor, parts.number, "diagnosing", "waiting_parts")
    a_ticket(shop, actor, a_device(), customer_id=owner.id, due=the_clock(shop).now() + timedelta(hours=1))
    the_clock(shop).advance(timedelta(hours=2))
    [line] = shop.customer_list.page(actor, Wanted()).lines
    assert (line.tickets, line.open_tickets, line.ready, line.late, line.waiting) == (3, 3, 1, 1, 1)
    handed_back(shop, actor, ready.number)
    [line] = shop.customer_list.page(actor, Wanted()).lines
    assert (line.tickets, line.open_tickets, line.ready, line.visits) == (3, 2, 0, 1)


def test_what_all_come_to(shop: Shop, actor: Actor) -> None:
    empty = shop.customer_list.figures(actor)
    assert (empty.customers, empty.came_back, empty.spent_each_minor, empty.owed_minor) == (0, None, None, 0)
    keys = a_few(shop, actor)
    a_sale(shop, actor, customer_id=keys[3], price_minor=1250)
    found = shop.customer_list.figures(actor)
    lines = list(listed(shop, actor, Wanted(), 100))
    balances = [line.balance_minor or 0 for line in lines]
    assert (found.customers, found.new) == (6, 1)
    assert found.owed_minor == sum(one for one in balances if one > 0)
    assert found.credit_minor == -sum(one for one in balances if one < 0) > 0
    spent = [line.spent_minor for line in lines if line.spent_minor]
    assert found.spent_each_minor == round(sum(spent) / len(spent))
    assert found.came_back == 333  # one of the three who were here came on two days


def test_amounts_are_told_to_who_may_know_them(shop: Shop, actor: Actor) -> None:
    keys = a_few(shop, actor)
    clerk = replace(actor, permissions=frozenset({Permission.CUSTOMER_READ}))
    lines = list(listed(shop, clerk, Wanted(), 100))
    assert {(line.spent_minor, line.balance_minor) for line in lines} == {(None, None)}
    assert len(lines) == len(keys)
    figures = shop.customer_list.figures(clerk)
    assert (figures.owed_minor, figures.credit_minor, figures.spent_each_minor) == (None, None, None)
    assert not {Segment.OWES, Segment.TOP} & figures.of.keys()
    for wanted in (Wanted(Segment.OWES), Wanted(sort=SortBy.SPENT)):
        with pytest.raises(DomainError) as refused:
            shop.customer_list.page(clerk, wanted)
        assert refused.value.code == "not_allowed"


def test_a_file_of_customers_runs_nothing_and_is_told_of(shop: Shop, actor: Actor, tmp_path: Path) -> None:
    keys = a_few(shop, actor)
    plain, book = tmp_path / "all.csv", tmp_path / "some.xlsx"
    assert shop.customer_list.save(actor, Wanted(sort=SortBy.NAME, is_descending=False), plain) == len(keys)
    rows = plain.read_text(encoding="utf-8-sig").splitlines()
    assert rows[0].startswith("id,name,phone,email,visits")
    assert any("'=SUM(A1)" in row for row in rows)
    assert shop.customer_list.save(actor, Wanted(), book, keys=keys[:2]) == 2
    sheet = load_workbook(book).active
    assert sheet is not None
    cells = list(sheet.iter_rows(values_only=True))
    assert [row[0] for row in cells] == ["id", "PL2", "PL1"]
    [amount] = [row[9] for row in cells if row[0] == "PL2"]
    assert amount == 5
    told = shop.journal.page(actor, JournalAsked()).lines
    assert [one.after["customers"] for one in told if one.action == "customers.exported"] == [2, len(keys)]
    with pytest.raises(DomainError):
        shop.customer_list.save(
            replace(actor, permissions=frozenset({Permission.CUSTOMER_READ})), Wanted(), book
        )


# -- a message -------------------------------------------------------------------------------------------
def agreeing(shop: Shop, actor: Actor) -> list[int]:
    """Ann and Cy said yes, Bo said no after a yes, Di was not asked, Eve agreed and cannot be reached."""
    people = [
        a_customer(shop, actor, "Ann", phone=a_phone(1), email="ann@example.org").id,
        a_customer(shop, actor, "Bo", phone=a_phone(2), email="bo@example.org").id,
        a_customer(shop, actor, "Cy", phone=a_phone(3), email="ann@example.org").id,
        a_customer(shop, actor, "Di", phone=a_phone(4)).id,
        shop.customers.add_without_phone(actor, AddWithoutPhone(name="Eve", reason="None")).id,
    ]
    answers = ((0, True), (1, True), (1, False), (2, True), (2, False), (2, True), (4, True))
    for place, is_given in answers:
        answer = SetConsent(customer_id=people[place], kind=ConsentKind.MARKETING, is_given=is_given)
        shop.consents.set(actor, answer)
    other = SetConsent(customer_id=people[3], kind=ConsentKind.MESSAGES, is_given=True)
    shop.consents.set(actor, other)
    return people


def test_a_message_goes_only_to_who_agreed_last_and_can_be_reached(shop: Shop, actor: Actor) -> None:
    people = agreeing(shop, actor)
    reach = shop.customer_list.reach(actor, Wanted(sort=SortBy.NAME, is_descending=False))
    assert reach.emails == ("ann@example.org",)
    assert reach.phones == (a_phone(1).key, a_phone(3).key)
    assert (reach.reached, reach.refused, reach.unreachable) == (2, 2, 1)
    some = shop.customer_list.reach(actor, Wanted(), keys=people[1:3])
    assert (some.reached, some.refused, some.unreachable) == (1, 1, 0)
    told = shop.journal.page(actor, JournalAsked()).lines
    assert [one.after for one in told if one.action == "customers.exported"] == [
        {"customers": 1, "output": "message"},
        {"customers": 2, "output": "message"},
    ]
    agreed = shop.customer_list.page(actor, Wanted(is_agreed=True)).lines
    assert [line.name for line in agreed] == ["Cy", "Ann"]
    check_verified(shop)


def test_who_was_forgotten_or_may_not_be_handed_out_is_in_no_message(shop: Shop, actor: Actor) -> None:
    people = agreeing(shop, actor)
    shop.privacy.erase(actor, Erase(customer_id=people[0], reason="Asked for it"))
    assert shop.customer_list.reach(actor, Wanted()).emails == ("ann@example.org",)  # Cy's
    assert shop.customer_list.reach(actor, Wanted(), keys=people[:1]).reached == 0
    reader = replace(actor, permissions=frozenset({Permission.CUSTOMER_READ}))
    with pytest.raises(DomainError) as refused:
        shop.customer_list.reach(reader, Wanted())
    assert refused.value.code == "not_allowed"


def test_a_file_that_is_broken_off_leaves_nothing(shop: Shop, actor: Actor, tmp_path: Path) -> None:
    agreeing(shop, actor)
    file = tmp_path / "some.csv"
    file.write_text("before")
    answers = iter((True, False))
    with pytest.raises(DomainError) as refused:
        shop.customer_list.save(actor, Wanted(), file, replace=True, goes_on=lambda: next(answers))
    assert refused.value.code == "cancelled"
    assert file.read_text() == "before"
    assert not list(tmp_path.glob("*.part"))
    assert shop.customer_list.save(actor, Wanted(is_agreed=True), file, replace=True) == 2
