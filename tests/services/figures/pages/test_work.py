"""Pages of work: repairs, times in states, what is late or waits, bookings, newcomers, stock."""

from datetime import UTC, date, datetime, timedelta

from posapp.domain.base.actor import Actor
from posapp.domain.bookings.bookings import BookingStatus
from posapp.domain.catalogue.items import MoveKind
from posapp.domain.figures.periods import Comparison, Period
from posapp.domain.figures.reports import ReportTable
from posapp.services.catalogue.items import MoveStock
from posapp.services.desks import Shop
from posapp.services.repairs.tickets import MoveJob
from posapp.services.shop.businesses import EditBusiness
from tests.factories import DAY, a_bench, a_booking, a_customer, at, the_clock
from tests.pages import check_behind, foot
from tests.repairs import a_device, a_ticket, handed_back, moved
from tests.sales import goods, sold
from tests.whole_shops import a_whole_shop

EVER = Period(date(2020, 1, 1), date(2040, 1, 1))
WORK = ("tickets", "states", "overdue", "uncollected", "bookings", "newcomers", "stock")


def told(shop: Shop, actor: Actor, name: str, by: str = "", period: Period = EVER) -> ReportTable:
    return shop.reports.read(actor, name, period, by=by)


def cells(table: ReportTable, measure: str) -> dict[str, object]:
    """A measure of each row by the row's name."""
    place = [one.name for one in table.columns].index(measure)
    return {row.id: row.cells[place] for row in table.rows}


def until(shop: Shop, moment: datetime) -> None:
    """Let time pass."""
    the_clock(shop).advance(moment - the_clock(shop).now())


def under(table: ReportTable, measure: str) -> object:
    return table.foot[[one.name for one in table.columns].index(measure)]


def test_an_empty_shop_has_nothing_on_any_page(shop: Shop, actor: Actor) -> None:
    for name in WORK:
        table = told(shop, actor, name)
        assert (table.rows, set(table.foot) <= {0, None}) == ((), True), name


def test_the_opening_page_says_what_stands_under_the_pages(shop: Shop, actor: Actor) -> None:
    a_whole_shop(shop, actor)
    page = shop.reports.opening(actor, EVER, Comparison.NONE)
    found = {one.measure.name: one.now for one in page.figures}
    for name, measures in {
        "tickets": ("handed_over", "ready_minutes"),
        "bookings": ("missed",),
        "newcomers": ("new_customers",),
    }.items():
        for by in told(shop, actor, name).report.bys:
            table = told(shop, actor, name, by)
            assert [under(table, one) for one in measures] == [found[one] for one in measures], (name, by)
    assert found["handed_over"] and found["new_customers"]
    by_technician = cells(told(shop, actor, "tickets"), "handed_over")
    assert sum(one.done for one in page.technicians) == sum(int(str(each)) for each in by_technician.values())
    assert sum(one.came_back for one in page.technicians) == foot(shop, actor, EVER, "tickets")["came_back"]
    assert check_behind(shop, actor, EVER, WORK) > 30


def test_a_repair_stands_under_the_day_that_it_left_and_came_back(shop: Shop, actor: Actor) -> None:
    ravi = a_bench(shop, actor, "Ravi")
    a_ticket(shop, actor, a_device(technician_id=ravi.id, fault="=1+1"))
    moved(shop, actor, "T1", "in_repair")
    the_clock(shop).advance(timedelta(hours=3))
    moved(shop, actor, "T1", "ready")
    the_clock(shop).advance(timedelta(days=2))
    handed_back(shop, actor, "T1")
    left, rows = DAY + timedelta(days=2), told(shop, actor, "tickets").rows
    assert [(row.id, *row.cells[2:]) for row in rows] == [("Ravi", 1, 1, 180, 3024, 0)]
    by_day = told(shop, actor, "tickets", "day")
    assert cells(by_day, "taken_in") == {DAY.isoformat(): 1, left.isoformat(): 0}
    assert cells(by_day, "handed_over") == {DAY.isoformat(): 0, left.isoformat(): 1}
    assert [row.id for row in told(shop, actor, "tickets", "fault").rows] == ["=1+1"]
    [behind] = shop.reports.behind(actor, "tickets", EVER, "=1+1", by="fault")
    assert (behind.number, behind.day, behind.amount) == ("T1", left, 1)
    assert shop.reports.behind(actor, "tickets", EVER, "no day", by="day") == ()
    the_clock(shop).advance(timedelta(days=20))
    a_ticket(shop, actor, a_device(device_id=shop.tickets.get(actor, "T1").jobs[0].device.id))
    assert cells(told(shop, actor, "tickets", "day"), "came_back")[left.isoformat()] == 1


def test_each_time_in_a_state_counts_on_the_day_that_it_ended(shop: Shop, actor: Actor) -> None:
    a_ticket(shop, actor)
    the_clock(shop).advance(timedelta(hours=2))
    moved(shop, actor, "T1", "in_repair")
    the_clock(shop).advance(timedelta(days=9))
    moved(shop, actor, "T1", "ready")
    shop.tickets.move(actor, MoveJob(number="T1", to="in_repair", position=1, reason="came loose"))
    the_clock(shop).advance(timedelta(hours=1))
    moved(shop, actor, "T1", "ready")
    table = told(shop, actor, "states")
    assert cells(table, "stays") == {"received": 1, "in_repair": 2, "ready": 1}
    mean, longest = cells(table, "stay_minutes"), cells(table, "longest_minutes")
    assert (mean["received"], longest["received"]) == (120, 120)
    assert (mean["in_repair"], longest["in_repair"]) == ((9 * 1440 + 60) // 2, 9 * 1440)
    assert cells(table, "too_long")["in_repair"] == 1
    assert under(table, "longest_minutes") == 9 * 1440
    first = Period(DAY, DAY)
    assert cells(told(shop, actor, "states", period=first), "stays") == {"received": 1}
    pages, after = [], 0
    while part := shop.reports.behind(actor, "states", EVER, "in_repair", after=after):
        pages.append([one.number for one in part])
        after = part[-1].at
    assert pages == [["T1", "T1"]]
    check_behind(shop, actor, EVER, ["states"])


def test_the_day_goes_on_after_midnight_until_the_cut_over(shop: Shop, actor: Actor) -> None:
    shop.businesses.edit(actor, EditBusiness(cutover_minutes=180))
    until(shop, datetime(2026, 11, 19, 2, 59, tzinfo=UTC))
    a_ticket(shop, actor)
    a_customer(shop, actor, "Late One")
    the_clock(shop).advance(timedelta(minutes=1))
    a_ticket(shop, actor)
    days = [DAY.isoformat(), (DAY + timedelta(days=1)).isoformat()]
    assert cells(told(shop, actor, "tickets", "day"), "taken_in") == dict.fromkeys(days, 1)
    assert cells(told(shop, actor, "newcomers"), "new_customers") == {days[0]: 2, days[1]: 1}
    check_behind(shop, actor, EVER, ["newcomers"])


def test_what_is_late_or_stuck_is_what_the_board_marks(shop: Shop, actor: Actor) -> None:
    due = datetime(2026, 11, 18, 18, tzinfo=UTC)
    ticket = a_ticket(shop, actor, due=due)
    a_ticket(shop, actor)
    assert told(shop, actor, "overdue").rows == ()
    until(shop, due + timedelta(minutes=90))
    [row] = [one for one in told(shop, actor, "overdue").rows if one.cells[6]]
    assert (row.id, row.cells[0], row.cells[6:]) == ("T1/1", ticket.number, (1, 0, 90))
    the_clock(shop).advance(timedelta(days=30))
    sight, board = shop.tickets.sight(actor), shop.tickets.board(actor)
    seen = [
        sight.see(card, board.states.by_id(key)) for key, cards in board.columns.items() for card in cards
    ]
    table = told(shop, actor, "overdue", "state")
    assert under(table, "late") == sum(one.is_late for one in seen) == 1
    assert under(table, "stuck") == sum(one.is_too_long for one in seen)
    check_behind(shop, actor, EVER, ["overdue"])


def test_what_waits_for_its_owner_stands_under_its_age(shop: Shop, actor: Actor) -> None:
    for _ in range(2):
        moved(shop, actor, a_ticket(shop, actor).number, "ready")
        the_clock(shop).advance(timedelta(days=35))
    table = told(shop, actor, "uncollected", "age")
    assert cells(table, "waiting") == {"31–60 days": 1, "61–90 days": 1}
    assert under(table, "waiting_days") == 70
    assert [one.card.number for one in shop.uncollected.list(actor, from_days=0)] == [
        str(row.cells[0]) for row in told(shop, actor, "uncollected").rows
    ]
    check_behind(shop, actor, EVER, ["uncollected"])


def test_bookings_are_told_by_what_became_of_them_and_what_they_filled(shop: Shop, actor: Actor) -> None:
    numbers = [a_booking(shop, actor).number for _ in range(4)]
    the_clock(shop).advance(timedelta(hours=8))
    for number, status in zip(
        numbers, (BookingStatus.DONE, BookingStatus.NO_SHOW, BookingStatus.CANCELLED), strict=False
    ):
        for step in (BookingStatus.ARRIVED, status) if status is BookingStatus.DONE else (status,):
            shop.bookings.set_status(actor, number, step, reason="so")
    day = Period(DAY, DAY)
    table = told(shop, actor, "bookings", period=day)
    assert {row.id for row in table.rows} == {"booked", "done", "no_show", "cancelled"}
    for by in table.report.bys:
        foots = told(shop, actor, "bookings", by, day).foot
        assert foots[2:8] == (4, 1, 1, 1, 1, 500), by
        assert foots[8] == table.foot[8], by
    opens = sum(
        one.capacity * sum(ends - starts for starts, ends in plan.open_spans)
        for one in shop.businesses.catalogue(actor).resources
        for plan in shop.bookings.agenda(actor, DAY, DAY).plans
        if plan.resource_id == one.id
    )
    minutes = 2 * shop.bookings.get(actor, numbers[0]).minutes
    assert table.foot[8] == (2000 * minutes + opens) // (2 * opens)
    assert check_behind(shop, actor, EVER, ["bookings"]) >= 10


def test_every_weekday_opens_its_bookings_page_by_page(shop: Shop, actor: Actor) -> None:
    for _ in range(2):
        a_booking(shop, actor)
    a_booking(shop, actor, starts=at(10, 0, DAY + timedelta(days=7)))
    name = f"{DAY:%A}".lower()
    found = [one.number for one in shop.reports.behind(actor, "bookings", EVER, name, by="weekday")]
    assert found == ["B1", "B2", "B3"]
    second = shop.reports.behind(actor, "bookings", EVER, name, by="weekday")[1]
    rest = shop.reports.behind(actor, "bookings", EVER, name, by="weekday", after=second.at)
    assert [one.number for one in rest] == ["B3"]


def test_a_day_on_which_the_clocks_change_is_one_day(shop: Shop, actor: Actor) -> None:
    day = date(2027, 3, 28)
    until(shop, datetime(2027, 3, 28, 22, 59, tzinfo=UTC))  # 23:59 in the shop, whose day has 23 hours
    a_ticket(shop, actor)
    the_clock(shop).advance(timedelta(minutes=1))
    a_ticket(shop, actor)
    days = [day.isoformat(), (day + timedelta(days=1)).isoformat()]
    assert cells(told(shop, actor, "tickets", "day"), "taken_in") == dict.fromkeys(days, 1)
    assert cells(told(shop, actor, "newcomers"), "new_customers") == dict.fromkeys(days, 1)
    assert len(told(shop, actor, "newcomers", period=Period(day, day)).rows) == 1
    check_behind(shop, actor, EVER, ["newcomers"])


def test_stock_is_told_with_its_value_what_to_order_and_what_is_dead(shop: Shop, actor: Actor) -> None:
    shop.shifts.open(actor, 10_000)
    quick = goods(shop, actor, 1000, entered_cost_minor=400, reorder_level=5)
    quiet = goods(shop, actor, 1000, entered_cost_minor=300)
    unknown = goods(shop, actor, 1000, entered_cost_minor=None)
    the_clock(shop).advance(timedelta(days=181))
    sold(shop, actor, quick.sku)
    shop.items.move(actor, MoveStock(item_id=unknown.id, kind=MoveKind.RECEIVED, quantity=1))
    table = told(shop, actor, "stock")
    pieces = {one.id: one.cells[3] for one in table.rows}
    stock = {item.sku: shop.items.get(actor, item.id).stock for item in (quick, quiet, unknown)}
    assert pieces == stock
    assert cells(table, "stock_minor") == {
        quick.sku: 400 * stock[quick.sku],
        quiet.sku: 300 * stock[quiet.sku],
        unknown.sku: None,
    }
    assert cells(table, "to_order")[quick.sku] == int(stock[quick.sku] <= 5)
    assert cells(table, "dead_minor") == {quick.sku: 0, quiet.sku: 300 * stock[quiet.sku], unknown.sku: None}
    assert foot(shop, actor, EVER, "stock") == foot(shop, actor, EVER, "stock", "kind")
    check_behind(shop, actor, EVER, ["stock"])
