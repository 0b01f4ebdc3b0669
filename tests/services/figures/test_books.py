"""The books of a day: every document balances by itself, and what was sent once is not sent again."""

import errno
import os
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from posapp.domain.base.actor import Actor
from posapp.domain.base.errors import DomainError, EnvironmentFault
from posapp.domain.figures.books import AccountKey, BookDocument, DocumentKind, Role, SendingState
from posapp.domain.figures.charts import BookFormat, BookSettings, Chart
from posapp.domain.figures.periods import Period
from posapp.domain.selling.carts import Cart, CartLine, LineKind
from posapp.domain.selling.payments import Tender, Tendered
from posapp.services.catalogue.taxes import SetTax
from posapp.services.desks import Shop
from posapp.services.selling.order_commands import Pay, Refund
from posapp.services.selling.shifts import CloseShift
from tests.factories import DAY, NOW, a_customer, the_clock
from tests.guards import without_guards
from tests.repairs import a_device, a_ticket
from tests.sales import card, cash, goods, sold
from tests.whole_shops import a_whole_shop

EVER = Period(date(2000, 1, 1), date(2040, 1, 1))
TODAY = Period(DAY, DAY)
VAT = "VAT:230000"
Moved = dict[str, int]


@pytest.fixture
def actor(sqlite_shop: Shop) -> Actor:
    """Somebody at a till whose shift is open with 100.00, where everything bears 23 %."""
    actor = sqlite_shop.actor("Till 1")
    sqlite_shop.taxes.set(actor, SetTax(name="VAT", rate=230_000, is_default=True))
    sqlite_shop.shifts.open(actor, 10_000)
    return actor


def _documents(shop: Shop, actor: Actor, period: Period = EVER) -> list[BookDocument]:
    with shop.store.look(actor, snapshot=True) as uow:
        return list(uow.books.documents(period))


def _last(shop: Shop, actor: Actor) -> Moved:
    """What the document that was made last moves, by account."""
    last = max((one for one in _documents(shop, actor) if one.number[:1] in ("S", "P")), key=_written)
    assert last.difference_minor == 0
    return _moved(last)


def _written(one: BookDocument) -> tuple[bool, int, int]:
    return one.kind is DocumentKind.PAYMENT, int(one.number[1:]), one.kind


def _moved(one: BookDocument) -> Moved:
    return {line.account.code: line.minor for line in one.lines}


def test_a_sale_says_net_and_tax_apart_and_where_the_money_lies(sqlite_shop: Shop, actor: Actor) -> None:
    sku = goods(sqlite_shop, actor, 1230).sku
    made = sold(sqlite_shop, actor, sku, sku, tenders=(card(1000), cash(1500))).order
    assert _last(sqlite_shop, actor) == {
        "card": 1000,
        "cash": 1460,
        f"goods/{VAT}": -2000,
        f"tax/{VAT}": -460,
    }
    table = sqlite_shop.books.day(actor, DAY)
    assert table.is_balanced
    assert [(one.number, one.name, row.entries) for one, row in table.rows][-2:] == [
        ("2200", "Tax to pay, VAT 23 %", 1),
        ("4010", "Goods, VAT 23 %", 1),
    ]
    [entry] = sqlite_shop.books.entries(actor, TODAY, AccountKey(Role.CARD))
    assert (entry.number, entry.text, _moved(entry)) == (made.number, f"{made.number} sale", {"card": 1000})
    assert sqlite_shop.books.entries(actor, TODAY, AccountKey(Role.CARD), entry.at) == ()


def test_a_refund_has_an_account_of_its_own_and_a_void_reverses(sqlite_shop: Shop, actor: Actor) -> None:
    sku = goods(sqlite_shop, actor, 1230).sku
    first = sold(sqlite_shop, actor, sku).order.number
    the_clock(sqlite_shop).advance(timedelta(minutes=1))
    sqlite_shop.refunds.refund(actor, Refund(number=first, to=Tender.CASH))
    back = next(one for one in _documents(sqlite_shop, actor) if one.about == first)
    assert (back.text, _moved(back)) == (
        f"S2 refund of {first}",
        {"cash": -1230, f"tax/{VAT}": 230, f"refunds/{VAT}": 1000},
    )
    the_clock(sqlite_shop).advance(timedelta(minutes=1))
    third = sold(sqlite_shop, actor, sku).order.number
    the_clock(sqlite_shop).advance(timedelta(minutes=1))
    sqlite_shop.refunds.void(actor, third, "Twice")
    sale, void = (one for one in _documents(sqlite_shop, actor) if one.number == third)
    assert (sale.kind, void.kind, void.text) == (DocumentKind.SALE, DocumentKind.VOID, f"{third} void")
    assert _moved(void) == {account: -minor for account, minor in _moved(sale).items()}


def test_what_is_owed_is_booked_until_it_is_paid(sqlite_shop: Shop, actor: Actor) -> None:
    who = a_customer(sqlite_shop, actor)
    sku = goods(sqlite_shop, actor, 1230).sku
    on_account = (Tendered(Tender.ACCOUNT, 1230),)
    sold(sqlite_shop, actor, sku, customer_id=who.id, tenders=on_account)
    assert _last(sqlite_shop, actor)["customers"] == 1230
    the_clock(sqlite_shop).advance(timedelta(minutes=1))
    transfer = Tendered(Tender.TRANSFER, 1000)
    sqlite_shop.orders.pay(actor, Pay(customer_id=who.id, tenders=(transfer,)))
    assert _last(sqlite_shop, actor) == {"bank": 1000, "customers": -1000}
    [_, paid] = sqlite_shop.books.entries(actor, TODAY, AccountKey(Role.CUSTOMERS))
    assert (paid.number[0], paid.customer) == ("P", f"{who.pl_id}")


def test_deposits_and_gift_cards_are_owed_and_earn_nothing(sqlite_shop: Shop, actor: Actor) -> None:
    shop, who = sqlite_shop, a_customer(sqlite_shop, actor)
    ticket = a_ticket(shop, actor, a_device(price_minor=6150), customer_id=who.id).number
    line = CartLine(kind=LineKind.DEPOSIT, text="Deposit", unit_minor=5000, number=ticket)
    sold(shop, actor, cart=Cart((line,)), customer_id=who.id)
    assert _last(shop, actor) == {"cash": 5000, "deposits": -5000}
    the_clock(shop).advance(timedelta(minutes=1))
    made = sold(shop, actor, cart=Cart((shop.gift_cards.line(actor, 1000),)), tenders=(card(1000),))
    assert _last(shop, actor) == {"card": 1000, "gift_cards": -1000}
    the_clock(shop).advance(timedelta(minutes=1))
    by_card = Tendered(Tender.GIFT_CARD, 1000, code=made.codes[0][1])
    cart = Cart(shop.orders.scanned(actor, ticket, who.id).lines)
    sold(shop, actor, cart=cart, customer_id=who.id, tenders=(by_card, cash(150)))
    assert _last(shop, actor) == {
        "deposits": 5000,
        "gift_cards": 1000,
        "cash": 150,
        f"repairs/{VAT}": -5000,
        f"tax/{VAT}": -1150,
    }


def test_a_drawer_is_filled_from_the_safe_and_emptied_into_it(sqlite_shop: Shop, actor: Actor) -> None:
    sold(sqlite_shop, actor, goods(sqlite_shop, actor, 1230).sku)
    sqlite_shop.shifts.cash_out(actor, 230, "Cleaner")
    [put, opened] = [one for one in _documents(sqlite_shop, actor) if not one.number]
    assert (put.text, _moved(put)) == ("Cash: Cleaner", {"cash": -230, "paid_out": 230})
    assert (opened.text, _moved(opened)) == ("Float Till 1", {"cash": 10_000, "safe": -10_000})
    sqlite_shop.shifts.close(actor, CloseShift(counted_minor=10_800))
    [closed] = [one for one in _documents(sqlite_shop, actor) if one.kind is DocumentKind.SHIFT]
    assert (closed.text, _moved(closed)) == (
        "Z1 Till 1",
        {"cash": -1000, "safe": 800, "differences": 200},
    )
    table = sqlite_shop.books.day(actor, DAY)
    rows = {row.account.role: row for _, row in table.rows}
    assert rows[Role.CASH].debit_minor == rows[Role.CASH].credit_minor == 1230


def test_the_cut_over_hour_parts_two_days(sqlite_shop: Shop, actor: Actor) -> None:
    sku, clock = goods(sqlite_shop, actor, 1230).sku, the_clock(sqlite_shop)
    cutover = sqlite_shop.businesses.get(actor).cutover_minutes
    for minute in (cutover - 1, cutover):
        clock.set(NOW.replace(hour=0) + timedelta(days=1, minutes=minute))
        sold(sqlite_shop, actor, sku)
    for day, count in ((DAY, 1), (DAY + timedelta(1), 1)):
        sales = [one for one in _documents(sqlite_shop, actor, Period(day, day)) if one.number[:1] == "S"]
        assert len(sales) == count
    sqlite_shop.shifts.close(actor, CloseShift(counted_minor=12_460))
    first, second = (sqlite_shop.books.day(actor, DAY + timedelta(n)) for n in (0, 1))
    assert first.is_balanced
    assert second.is_balanced
    [shift] = [
        one
        for one in _documents(sqlite_shop, actor, Period(DAY + timedelta(1), DAY + timedelta(1)))
        if one.kind is DocumentKind.SHIFT
    ]
    assert _moved(shift) == {"cash": -12_460, "safe": 12_460}


def test_all_that_can_happen_balances_on_both_databases(shop: Shop) -> None:
    actor = shop.actor("Till 1")
    a_whole_shop(shop, actor)
    assert {one.number: one.difference_minor for one in _documents(shop, actor)} != {}
    assert [one for one in _documents(shop, actor) if one.difference_minor] == []
    table = shop.books.period(actor, EVER)
    assert table.is_balanced
    for named, row in table.rows:
        entries = shop.books.entries(actor, EVER, named.account)
        assert len(entries) == row.entries
        assert sum(one.difference_minor for one in entries) == row.debit_minor - row.credit_minor
    with shop.store.look(actor) as uow:
        assert sum(sum(day.values()) for day in uow.books.sums(EVER).values()) == 0


def test_an_empty_shop_and_a_future_period_have_no_rows(sqlite_shop: Shop, tmp_path: Path) -> None:
    actor = sqlite_shop.actor("Till 1")
    table = sqlite_shop.books.period(actor, EVER)
    assert table.rows == ()
    assert table.is_balanced
    done = sqlite_shop.books.export(actor, EVER, BookFormat.XERO, tmp_path / "x.csv")
    assert (done.path, done.sending.state) == (None, SendingState.EMPTY)
    assert not (tmp_path / "x.csv").exists()


# -- sent ------------------------------------------------------------------------------------------------
def test_what_was_sent_is_not_sent_again(sqlite_shop: Shop, actor: Actor, tmp_path: Path) -> None:
    sold(sqlite_shop, actor, goods(sqlite_shop, actor, 1230).sku)
    books, of, file = sqlite_shop.books, BookFormat.BEANCOUNT, tmp_path / "a.beancount"
    assert books.sending(actor, TODAY, of).state is SendingState.NEW
    done = books.export(actor, TODAY, of, file)
    assert (done.path, done.days, done.corrections) == (file, 1, 0)
    sending = books.sending(actor, TODAY, of)
    assert (sending.state, sending.by) == (SendingState.SENT, "Till 1")
    again = books.export(actor, TODAY, of, tmp_path / "b.beancount")
    assert (again.path, (tmp_path / "b.beancount").exists()) == (None, False)
    written = file.read_bytes()
    assert books.export(actor, TODAY, of, file, again=True, replace=True).days == 1
    assert file.read_bytes() == written
    assert books.sending(actor, TODAY, BookFormat.LEDGER).state is SendingState.NEW


def test_a_day_that_changes_later_is_corrected(sqlite_shop: Shop, actor: Actor, tmp_path: Path) -> None:
    sku = goods(sqlite_shop, actor, 1230).sku
    sold(sqlite_shop, actor, sku)
    books, of = sqlite_shop.books, BookFormat.LEDGER
    books.export(actor, TODAY, of, tmp_path / "a.ledger")
    sold(sqlite_shop, actor, sku, tenders=(card(1230),))
    assert books.sending(actor, TODAY, of).state is SendingState.CHANGED
    file, first = tmp_path / "b.ledger", "C1"
    done = books.export(actor, TODAY, of, file)
    assert (done.days, done.corrections) == (0, 1)
    assert file.read_text().split("\n\n")[1].splitlines() == [
        f"2026/11/18 * ({first}) {first} correction of 2026-11-18",
        "    Assets:Clearing:Card  12.30 EUR",
        "    Liabilities:Tax:VAT-23  -2.30 EUR",
        "    Income:Goods:VAT-23  -10.00 EUR",
    ]
    assert books.sending(actor, TODAY, of).state is SendingState.SENT
    the_clock(sqlite_shop).advance(timedelta(days=1))
    sold(sqlite_shop, actor, sku)
    two = Period(DAY, DAY + timedelta(1))
    sending = books.sending(actor, two, of)
    assert (sending.state, sending.new) == (SendingState.PARTLY, (DAY + timedelta(1),))


def test_a_file_that_cannot_be_written_sends_nothing(sqlite_shop: Shop, actor: Actor, tmp_path: Path) -> None:
    sold(sqlite_shop, actor, goods(sqlite_shop, actor, 1230).sku)
    file = tmp_path / "a.csv"
    file.write_text("mine")
    with pytest.raises(DomainError) as refused:
        sqlite_shop.books.export(actor, TODAY, BookFormat.XERO, file)
    assert refused.value.code == "file_exists"
    assert file.read_text() == "mine"
    assert sqlite_shop.books.sending(actor, TODAY, BookFormat.XERO).state is SendingState.NEW


def test_a_file_that_may_be_replaced_stays_until_there_is_another(
    sqlite_shop: Shop, actor: Actor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sold(sqlite_shop, actor, goods(sqlite_shop, actor, 1230).sku)
    file, books = tmp_path / "a.csv", sqlite_shop.books
    file.write_text("mine")

    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        with pytest.raises(EnvironmentFault):
            books.export(actor, TODAY, BookFormat.XERO, file, replace=True)
    assert file.read_text() == "mine"
    assert books.export(actor, TODAY, BookFormat.XERO, file, replace=True).days == 1
    written = file.read_bytes()
    assert books.export(actor, TODAY, BookFormat.XERO, file, replace=True).path is None
    assert file.read_bytes() == written


def test_a_day_that_is_sent_twice_at_once_is_refused(sqlite_shop: Shop, actor: Actor) -> None:
    sums = {AccountKey(Role.CASH): 5, AccountKey(Role.OPENING): -5}
    with sqlite_shop.store.work(actor) as uow:
        uow.books.add_sent("xero", DAY, 0, sums)
        with pytest.raises(DomainError) as refused:
            uow.books.add_sent("xero", DAY, 0, sums)
    assert refused.value.code == "books_sent"


# -- accounts --------------------------------------------------------------------------------------------
def test_a_shop_numbers_its_accounts(sqlite_shop: Shop, actor: Actor) -> None:
    books, every, low = sqlite_shop.books, AccountKey(Role.GOODS), AccountKey(Role.GOODS, "Low:90000")
    books.set_account(actor, Chart.GENERAL, every, "4100", "Sales")
    books.set_account(actor, Chart.GENERAL, low, "4109")
    told = {one.account: one for one in books.accounts(actor)}
    assert (told[every].number, told[every].name, told[every].is_own) == ("4100", "Sales", True)
    assert told[AccountKey(Role.GOODS, VAT)].number == "4100"
    assert (told[low].number, told[low].name) == ("4109", "Goods, Low 9 %")
    assert {one.account: one.number for one in books.accounts(actor, Chart.SKR03)}[every] == "8210"


@pytest.mark.parametrize(
    ("chart", "number"),
    [
        (Chart.SKR03, "84A0"),
        (Chart.SKR03, "0"),
        (Chart.XERO, "=1+1"),
        (Chart.XERO, "12345678901"),
        (Chart.QUICKBOOKS, "=cmd"),
        (Chart.TEXT, "Goods"),
        (Chart.TEXT, "Income:goods sold"),
    ],
)
def test_a_number_that_a_program_would_not_take_is_refused(
    sqlite_shop: Shop, actor: Actor, chart: Chart, number: str
) -> None:
    with pytest.raises(DomainError) as refused:
        sqlite_shop.books.set_account(actor, chart, AccountKey(Role.GOODS), number)
    assert refused.value.code == "account_invalid"


def test_what_datev_asks_is_kept(sqlite_shop: Shop, actor: Actor) -> None:
    wanted = BookSettings(consultant=29098, client=55003, chart=Chart.SKR04, length=5, first_month=7)
    assert sqlite_shop.books.settings(actor) == BookSettings()
    assert sqlite_shop.books.set_settings(actor, wanted) == wanted
    with pytest.raises(DomainError) as refused:
        BookSettings(client=0)
    assert (refused.value.code, refused.value.field) == ("book_settings", "client")


def test_a_record_that_was_altered_no_longer_balances(sqlite_shop: Shop, actor: Actor) -> None:
    made = sold(sqlite_shop, actor, goods(sqlite_shop, actor, 1230).sku, tenders=(card(1230),)).order
    with sqlite_shop.store.database.connection(writes=True) as connection:
        without_guards(connection)
        connection.execute(text("UPDATE payment SET amount_minor = 1000, tendered_minor = 1000"))
        connection.commit()
    [broken] = [one for one in _documents(sqlite_shop, actor) if one.difference_minor]
    assert (broken.number, broken.difference_minor) == (made.number, -230)
    assert not sqlite_shop.books.day(actor, DAY).is_balanced
