"""The ticket desk: devices in, every move the map allows and none that it forbids, devices out."""

import hashlib
from dataclasses import replace
from datetime import UTC, timedelta
from itertools import permutations

import pytest

from posapp.domain.base.actor import Actor, Permission
from posapp.domain.base.clock import to_us
from posapp.domain.base.errors import DomainError
from posapp.domain.bookings.bookings import BookingStatus
from posapp.domain.repairs.devices import DeviceKind
from posapp.domain.repairs.tickets import DEFAULT_MOVES, DEFAULT_STATES, Condition, Outcome
from posapp.domain.shop.businesses import WeekRow
from posapp.services.care.verify import verify
from posapp.services.desks import Shop
from posapp.services.repairs.ticket_commands import Apart
from posapp.services.repairs.ticket_states import EditState, RepairSettings
from posapp.services.repairs.tickets import CardFilter, EditJob, HandBack, MoveJob, TakeIn
from tests.factories import a_bench, a_booking, a_business, a_customer, a_phone, at, the_clock
from tests.repairs import IMEI, a_device, a_signature, a_ticket, approved, asked, changed, handed_back, moved

CODES = tuple(code for code, _, _, _ in DEFAULT_STATES)
# How a device comes into each state: the moves from "received" on; "!" hands it back.
WAYS = {
    "received": (),
    "diagnosing": ("diagnosing",),
    "needs_approval": ("needs_approval",),
    "waiting_parts": ("waiting_parts",),
    "in_repair": ("in_repair",),
    "ready": ("ready",),
    "cancelled": ("cancelled",),
    "collected": ("ready", "!"),
}
LEAVING = {"collected", "disposed"}


def refusal(shop: Shop, actor: Actor, **values: object) -> DomainError:
    with pytest.raises(DomainError) as refused:
        shop.tickets.move(actor, MoveJob(**values))  # type: ignore[arg-type]
    return refused.value


def in_state(shop: Shop, actor: Actor, code: str) -> str:
    number = a_ticket(shop, actor).number
    for step in WAYS[code]:
        if step == "!":
            handed_back(shop, actor, number)
        else:
            moved(shop, actor, number, step)
    return number


# -- taking in ------------------------------------------------------------------------------------------
def test_a_device_is_taken_in_with_all_that_is_known_of_it(shop: Shop, actor: Actor) -> None:
    customer = a_customer(shop, actor, "Marta")
    bench = a_bench(shop, actor, "Ravi")
    due = the_clock(shop).now() + timedelta(days=1)
    device = a_device(
        imei=IMEI,
        colour="black",
        accessories="charger",
        condition=(("Screen", Condition.FAULTY), ("Touch", Condition.WORKS)),
        price_minor=9900,
        technician_id=bench.id,
        shelf="a1",
    )
    ticket = a_ticket(shop, actor, device, customer_id=customer.id, due=due, is_rush=True, note="careful")
    job = ticket.jobs[0]
    assert (ticket.number, ticket.pl_id, ticket.due, ticket.is_rush) == ("T1", customer.pl_id, due, True)
    assert (job.device.name, job.device.mark, job.device.colour) == ("Samsung Galaxy S22", IMEI, "black")
    assert (job.state.code, job.technician, job.shelf, job.price_minor) == ("received", "Ravi", "A1", 9900)
    assert job.condition == (("Screen", Condition.FAULTY), ("Touch", Condition.WORKS))
    assert [line.action for line in shop.tickets.history(actor, "T1")] == ["ticket.opened"]
    [card] = [one.card for one in shop.counter.at_counter(actor, customer.id).here]
    assert (card.number, card.device) == ("T1", "Samsung Galaxy S22")


def test_what_is_answered_of_a_new_ticket_is_what_is_read(shop: Shop, actor: Actor) -> None:
    person = shop.businesses.catalogue(actor).resources[0]
    checked = (("Scratches", Condition.FAULTY),)
    full = a_device(
        shelf="a-3", technician_id=person.id, price_minor=4900, passcode="1234", accessories="Case",
        condition=checked,
    )  # fmt: skip
    marta = a_customer(shop, actor, "Marta")
    due = the_clock(shop).now() + timedelta(days=1)
    for values in (
        {"devices": (full, a_device())},
        {"devices": (a_device(),), "due": due, "is_rush": True, "note": "Calls at noon"},
        {"devices": (a_device(),), "person": "Tom Kowalczyk"},
    ):
        made = a_ticket(shop, actor, *values.pop("devices"), customer_id=marta.id, **values)  # type: ignore[misc]
        assert made == shop.tickets.get(actor, made.number)
    booked = a_ticket(shop, actor, booking=a_booking(shop, actor).number)
    assert booked == shop.tickets.get(actor, booked.number)


def test_a_refused_ticket_leaves_no_number_customer_or_device(shop: Shop, actor: Actor) -> None:
    from posapp.services.customers.customers import FindOrCreate

    who = FindOrCreate(phone=a_phone(7), name="New")
    with pytest.raises(DomainError):
        shop.tickets.take_in(actor, TakeIn(who=who, devices=(a_device(imei=IMEI), a_device(fault=" "))))
    assert shop.customers.who_has(actor, a_phone(7)).customer is None
    assert shop.devices.look(actor, IMEI) is None
    assert a_ticket(shop, actor).number == "T1"


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"fault": "  "}, "fault_missing"),
        ({"imei": "356938035643808"}, "imei_wrong"),
        ({"imei": "12345"}, "imei_length"),
        ({"make": "", "model": ""}, "device_missing"),
        ({"no_serial_reason": " "}, "serial_missing"),
        ({"price_minor": -1}, "price_invalid"),
        ({"price_minor": 10**12}, "price_invalid"),
        ({"fault": "x" * 2001}, "text_too_long"),
        ({"passcode": "x" * 61}, "passcode_invalid"),
        ({"device_id": 999}, "device_unknown"),
        ({"claim_of": 999}, "warranty_unknown"),
        ({"technician_id": 999}, "technician_unknown"),
        ({"shelf": "T12"}, "shelf_code"),
        ({"condition": (("x", Condition.WORKS),) * 41}, "lines_count"),
    ],
)
def test_bad_input_is_refused_with_its_reason(
    sqlite_shop: Shop, values: dict[str, object], code: str
) -> None:
    actor = sqlite_shop.actor("Till 1")
    with pytest.raises(DomainError) as refused:
        a_ticket(sqlite_shop, actor, a_device(**values))
    assert refused.value.code == code


def test_a_ticket_needs_between_one_and_twenty_devices(shop: Shop, actor: Actor) -> None:
    customer = a_customer(shop, actor)
    for devices in ((), tuple(a_device() for _ in range(21))):
        with pytest.raises(DomainError) as refused:
            shop.tickets.take_in(actor, TakeIn(customer_id=customer.id, devices=devices))
        assert refused.value.code == "devices_count"


def test_a_serial_that_is_here_now_names_its_ticket(shop: Shop, actor: Actor) -> None:
    a_ticket(shop, actor, a_device(serial="C02-XK1"))
    with pytest.raises(DomainError) as refused:
        a_ticket(shop, actor, a_device(serial="c02 xk1"))
    assert (refused.value.code, refused.value.facts["number"]) == ("device_here", "T1")
    with pytest.raises(DomainError):
        a_ticket(shop, actor, a_device(serial="ZZ9"), a_device(serial="ZZ9"))


def test_arrived_opens_a_ticket_with_everything_carried_over_once(shop: Shop, actor: Actor) -> None:
    booking = a_booking(shop, actor, starts=at(10), person="Tom")
    ticket = a_ticket(shop, actor, booking=booking.number)
    assert (ticket.booking, ticket.customer_id, ticket.contact_name) == ("B1", booking.customer_id, "Tom")
    assert shop.bookings.get(actor, "B1").status == BookingStatus.ARRIVED
    with pytest.raises(DomainError) as refused:
        a_ticket(shop, actor, booking="B1")
    assert (refused.value.code, refused.value.facts["number"]) == ("booking_has_ticket", "T1")


def test_a_device_joins_an_open_ticket_and_no_closed_one(shop: Shop, actor: Actor) -> None:
    a_ticket(shop, actor)
    assert [job.position for job in shop.tickets.add_device(actor, "T1", a_device()).jobs] == [1, 2]
    moved(shop, actor, "T1", "ready")
    moved(shop, actor, "T1", "ready", position=2)
    handed_back(shop, actor, "T1")
    with pytest.raises(DomainError) as refused:
        shop.tickets.add_device(actor, "T1", a_device())
    assert refused.value.code == "ticket_closed"


# -- following ------------------------------------------------------------------------------------------
def test_every_move_of_the_map_is_possible_and_noted(shop: Shop, actor: Actor) -> None:
    for before, after in DEFAULT_MOVES:
        if after in LEAVING:
            continue
        number = in_state(shop, actor, before)
        job = moved(shop, actor, number, after).jobs[0]
        assert (job.state.code, job.handed_at, job.outcome) == (after, None, None)
        last = shop.tickets.history(actor, number)[-1]
        assert (last.action, last.before["state"], last.after["state"]) == ("ticket.state", before, after)


def test_every_other_move_is_refused_and_changes_nothing(shop: Shop, actor: Actor) -> None:
    numbers = {code: in_state(shop, actor, code) for code in WAYS}
    for before, after in permutations(CODES, 2):
        if before == "disposed" or ((before, after) in DEFAULT_MOVES and after not in LEAVING):
            continue
        refused = refusal(shop, actor, number=numbers[before], to=after, reason="try")
        wanted = "hand_back_first" if (before, after) in DEFAULT_MOVES else "state_move"
        assert refused.code == wanted, (before, after)
        assert shop.tickets.get(actor, numbers[before]).jobs[0].state.code == before


def test_a_way_back_of_several_steps_is_gone_in_one_and_noted_step_by_step(shop: Shop, actor: Actor) -> None:
    number = in_state(shop, actor, "ready")
    ready = shop.tickets.get(actor, number).jobs[0]
    back = MoveJob(number=number, to="received", reason="Undone", seen_version=ready.stamps.version)
    assert shop.tickets.move_back(actor, back).jobs[0].state.code == "received"
    steps = [(one.before["state"], one.after["state"]) for one in shop.tickets.history(actor, number)[-2:]]
    assert steps == [("ready", "diagnosing"), ("diagnosing", "received")]
    with pytest.raises(DomainError) as refused:
        shop.tickets.move_back(actor, back)
    assert refused.value.code == "changed_elsewhere"


def test_a_way_back_that_ends_at_a_refusal_leaves_the_device_where_it_was(shop: Shop, actor: Actor) -> None:
    number = in_state(shop, actor, "ready")
    shop.ticket_states.edit(actor, EditState(code="received", is_reserved=True))
    clerk = replace(actor, permissions=frozenset(Permission) - {Permission.TICKET_RESERVED})
    before = shop.tickets.get(actor, number)
    with pytest.raises(DomainError) as refused:
        shop.tickets.move_back(clerk, MoveJob(number=number, to="received", reason="Undone"))
    assert refused.value.code == "not_allowed"
    assert shop.tickets.get(actor, number) == before


def test_a_step_back_or_out_needs_a_reason(shop: Shop, actor: Actor) -> None:
    for before, after in (("ready", "in_repair"), ("diagnosing", "cancelled"), ("collected", "ready")):
        number = in_state(shop, actor, before)
        assert refusal(shop, actor, number=number, to=after, reason=" ").code == "reason_missing"


def test_an_unknown_state_ticket_or_device_is_named(shop: Shop, actor: Actor) -> None:
    a_ticket(shop, actor)
    assert "needs_approval" in refusal(shop, actor, number="T1", to="magic").sentence
    assert refusal(shop, actor, number="T9", to="ready").code == "ticket_unknown"
    assert refusal(shop, actor, number="T" + "9" * 99, to="ready").code == "ticket_unknown"
    assert refusal(shop, actor, number="T1", to="ready", position=2).code == "job_unknown"


def test_a_ticket_of_another_business_does_not_exist(shop: Shop, actor: Actor) -> None:
    other = a_business(shop, name="Next door")
    a_ticket(shop, other)
    assert refusal(shop, actor, number="T1", to="ready").code == "ticket_unknown"


def test_a_device_changed_elsewhere_is_not_overwritten(shop: Shop, actor: Actor) -> None:
    seen = a_ticket(shop, actor).jobs[0].stamps.version
    other = Actor(actor.business, "Till 2")
    shop.tickets.edit_job(other, EditJob(number="T1", found="Display broken", seen_version=seen))
    for change in (
        lambda: shop.tickets.move(actor, MoveJob(number="T1", to="ready", seen_version=seen)),
        lambda: shop.tickets.edit_job(actor, EditJob(number="T1", found="Battery", seen_version=seen)),
    ):
        with pytest.raises(DomainError) as refused:
            change()
        assert (refused.value.code, "Till 2" in refused.value.sentence) == ("changed_elsewhere", True)
    assert shop.tickets.get(actor, "T1").jobs[0].found == "Display broken"


def test_a_correction_tells_what_it_changed(shop: Shop, actor: Actor) -> None:
    a_ticket(shop, actor)
    bench = a_bench(shop, actor, "Ravi")
    command = EditJob(number="T1", found="Dead", price_minor=5000, technician_id=bench.id, shelf="b2")
    job = shop.tickets.edit_job(actor, command).jobs[0]
    assert (job.fault, job.found, job.price_minor, job.technician, job.shelf) == (
        "Cracked screen",
        "Dead",
        5000,
        "Ravi",
        "B2",
    )
    line = shop.tickets.history(actor, "T1")[-1]
    assert (line.before["found"], line.after["found"], line.after["technician_id"]) == ("", "Dead", "Ravi")
    shop.tickets.edit_job(actor, command)  # nothing changes, so nothing is noted
    assert len(shop.tickets.history(actor, "T1")) == 2
    shop.tickets.edit_job(actor, EditJob(number="T1", price_minor=0))
    free = shop.tickets.edit_job(actor, EditJob(number="T1", found="Dead")).jobs[0]
    assert free.price_minor == 0
    unpriced = shop.tickets.edit_job(actor, EditJob(number="T1", price_minor=None)).jobs[0]
    assert unpriced.price_minor is None
    line = shop.tickets.history(actor, "T1")[-1]
    assert (line.before["price_minor"], line.after["price_minor"]) == (0, None)
    with pytest.raises(DomainError) as refused:
        shop.tickets.edit_job(actor, EditJob(number="T1", price_minor=-5))
    assert refused.value.code == "price_invalid"


def test_the_ticket_itself_is_changed_with_a_look_at_its_version(shop: Shop, actor: Actor) -> None:
    ticket = a_ticket(shop, actor)
    after = changed(shop, actor, "T1", is_rush=True, note="call first", seen_version=ticket.stamps.version)
    assert (after.is_rush, after.note, after.due) == (True, "call first", ticket.due)
    five = at(17).replace(tzinfo=UTC)
    assert changed(shop, actor, "T1", due=five).due == five
    assert changed(shop, actor, "T1", due=None).due is None
    with pytest.raises(DomainError) as refused:
        changed(shop, actor, "T1", note="x", seen_version=ticket.stamps.version)
    assert refused.value.code == "changed_elsewhere"


def test_ready_waits_for_a_second_person_where_the_shop_wants_one(shop: Shop, actor: Actor) -> None:
    shop.ticket_states.set_settings(actor, RepairSettings(quality_check=True))
    ravi = a_bench(shop, actor, "Ravi")
    a_ticket(shop, actor, a_device(technician_id=ravi.id))
    moved(shop, actor, "T1", "in_repair")
    assert refusal(shop, actor, number="T1", to="ready").code == "quality_first"
    with pytest.raises(DomainError) as refused:
        shop.tickets.check_quality(actor, "T1", by="Ravi")
    assert refused.value.code == "same_person"
    shop.tickets.check_quality(actor, "T1", by="Ann")
    assert moved(shop, actor, "T1", "ready").jobs[0].quality_by == "Ann"
    assert moved(shop, actor, "T1", "in_repair").jobs[0].quality_by == ""


def test_a_promise_in_the_past_is_refused_but_one_that_was_given_comes_back(shop: Shop, actor: Actor) -> None:
    now, day = the_clock(shop).now(), timedelta(days=1)
    with pytest.raises(DomainError) as refused:
        a_ticket(shop, actor, due=now - day)
    assert (refused.value.code, refused.value.field) == ("due_past", "due")
    assert a_ticket(shop, actor, due=now + day).number == "T1"  # the refused one took no number
    the_clock(shop).advance(2 * day)
    with pytest.raises(DomainError) as refused:
        changed(shop, actor, "T1", due=now)
    assert refused.value.code == "due_past"
    changed(shop, actor, "T1", due=now + 3 * day)
    assert changed(shop, actor, "T1", due=now + day).due == now + day


# -- where it is, lists, promises -----------------------------------------------------------------------
def test_scanning_a_shelf_and_tickets_says_where_they_lie(shop: Shop, actor: Actor) -> None:
    a_ticket(shop, actor, a_device(), a_device())
    a_ticket(shop, actor)
    done = shop.tickets.shelve(actor, ["b7", "t2", "T1/2", "C1", "T1/1"])
    assert [(one.number, one.position, one.shelf) for one in done] == [
        ("T1", 1, "C1"),
        ("T1", 2, "B7"),
        ("T2", 1, "B7"),
    ]
    assert [job.shelf for job in shop.tickets.get(actor, "T1").jobs] == ["C1", "B7"]
    assert shop.tickets.history(actor, "T2")[-1].after["shelf"] == "B7"


@pytest.mark.parametrize(
    ("codes", "code"),
    [
        (["T1"], "shelf_missing"),
        (["B7"], "ticket_missing"),
        (["PL24", "T1"], "shelf_code"),
        (["4006381333931", "T1"], "shelf_code"),
        (["B7", "T9"], "ticket_unknown"),
        (["B7", "T1/5"], "job_unknown"),
    ],
)
def test_a_wrong_scan_moves_nothing(sqlite_shop: Shop, codes: list[str], code: str) -> None:
    actor = sqlite_shop.actor("Till 1")
    a_ticket(sqlite_shop, actor)
    with pytest.raises(DomainError) as refused:
        sqlite_shop.tickets.shelve(actor, codes)
    assert refused.value.code == code
    assert sqlite_shop.tickets.get(actor, "T1").jobs[0].shelf == ""


def test_lists_show_what_is_asked_for(shop: Shop, actor: Actor) -> None:
    ravi = a_bench(shop, actor, "Ravi")
    zoe = a_customer(shop, actor, "Zoë 100%")
    a_ticket(shop, actor, a_device(technician_id=ravi.id))
    a_ticket(shop, actor, a_device(make="Apple", model="iPad_9", kind=DeviceKind.TABLET), customer_id=zoe.id)
    a_ticket(shop, actor)
    moved(shop, actor, "T3", "ready")
    handed_back(shop, actor, "T3")

    def numbers(**values: object) -> list[str]:
        return [card.number for card in shop.tickets.cards(actor, CardFilter(**values))]  # type: ignore[arg-type]

    assert numbers() == ["T2", "T1"]
    assert numbers(is_here=False) == ["T3", "T2", "T1"]
    assert numbers(technician_id=ravi.id) == ["T1"]
    assert numbers(is_here=False, states=("collected",)) == ["T3"]
    for words in ("ipad_9", "zoë apple", "zoe", "t2", "100%"):
        assert numbers(words=words) == ["T2"], words
    assert numbers(words="ipad%9") == []
    assert numbers(limit=1) == ["T2"]
    assert numbers(kind=DeviceKind.TABLET) == numbers(is_here=False, customer_id=zoe.id) == ["T2"]
    assert numbers(kind=DeviceKind.WATCH) == []
    assert numbers(states=("received", "ready"), kind=DeviceKind.TABLET, words="zoe") == ["T2"]


def test_the_board_holds_what_is_here_by_state(shop: Shop, actor: Actor) -> None:
    for _ in range(3):
        a_ticket(shop, actor)
    moved(shop, actor, "T2", "ready")
    moved(shop, actor, "T3", "ready")
    handed_back(shop, actor, "T3")
    board = shop.tickets.board(actor)
    names = {board.states.by_id(key).code: [c.number for c in cards] for key, cards in board.columns.items()}
    assert names == {"received": ["T1"], "ready": ["T2"]}


def test_the_board_counts_all_that_is_here_as_sql_does(sqlite_shop: Shop) -> None:
    shop, actor = sqlite_shop, sqlite_shop.actor("Till 1")
    for step in range(11):  # more than two hundred devices in one state, every second ticket late
        due = the_clock(shop).now() + timedelta(hours=99 if step % 2 else 1)
        a_ticket(shop, actor, *(a_device() for _ in range(20)), due=due)
    the_clock(shop).advance(timedelta(hours=2))
    now = the_clock(shop).now()
    moved(shop, actor, "T1", "ready")  # what is done is late no more
    board = shop.tickets.board(actor)
    received = board.states.by_code("received")
    with shop.store.look(actor) as uow:
        late = uow.connection.exec_driver_sql(
            "SELECT count(*) FROM job JOIN ticket ON ticket.id = job.ticket_id JOIN ticket_state AS state "
            "ON state.id = job.state_id WHERE job.is_here AND state.group_code IN ('new', 'work', 'waiting') "
            f"AND ticket.due_at < {to_us(now)}"
        ).scalar_one()
    seen = [one for state in board.shown_states for one in board.seen(state)]
    assert (board.counts[received.id], len(board.seen(received)), board.open_tickets) == (219, 219, 11)
    assert sum(one.is_late for one in seen) == late == 119


def test_work_goes_on_in_the_night_as_long_as_the_hours_do(shop: Shop, actor: Actor) -> None:
    shop.hours.set_week(actor, None, [WeekRow(None, day, "open", 1080, 1560) for day in range(7)])
    due = shop.tickets.promise(actor, minutes=540).due  # 18 to 2, and an hour of the next evening
    assert due == (at(19) + timedelta(days=1)).replace(tzinfo=UTC)


def test_a_promise_leaves_room_for_what_is_booked_and_waits(shop: Shop, actor: Actor) -> None:
    assert shop.tickets.promise(actor).due == at(9, 30).replace(tzinfo=the_clock(shop).now().tzinfo)
    a_booking(shop, actor, starts=at(9), minutes=60)
    a_ticket(shop, actor)
    a_ticket(shop, actor)
    promise = shop.tickets.promise(actor, minutes=60)
    assert promise.ahead == 2
    assert promise.due == at(12).replace(tzinfo=the_clock(shop).now().tzinfo)
    rush = shop.tickets.promise(actor, minutes=60, is_rush=True)
    assert (rush.ahead, rush.due) == (0, at(11).replace(tzinfo=the_clock(shop).now().tzinfo))
    a_bench(shop, actor, "Bench 2")
    sooner = shop.tickets.promise(actor, minutes=60).due
    assert sooner is not None
    assert sooner < promise.due
    assert shop.tickets.promise(actor, minutes=1440).due is not None  # goes on the next day


# -- handing back ---------------------------------------------------------------------------------------
def test_each_device_ends_in_its_own_way_and_is_taken_by_its_own_person(shop: Shop, actor: Actor) -> None:
    a_ticket(shop, actor, *(a_device(price_minor=500) for _ in range(3)))
    asked(shop, actor, "T1", 5000, warranty_days=90)
    approved(shop, actor, "T1")
    for position, state in ((1, "ready"), (2, "ready"), (3, "cancelled")):
        moved(shop, actor, "T1", state, position=position)
    apart = (Apart(2, Outcome.REFUSED, "Ann"),)
    command = HandBack(number="T1", outcome=Outcome.REPAIRED, to="Tom", apart=apart, signature=a_signature())
    jobs = shop.counter.hand_back(actor, command, unpaid="for the test").ticket.jobs
    assert [(job.outcome, job.handed_to) for job in jobs] == [
        (Outcome.REPAIRED, "Tom"),
        (Outcome.REFUSED, "Ann"),
        (Outcome.NOT_REPAIRED, "Tom"),  # it was given up
    ]
    assert {job.signature for job in jobs} == {hashlib.sha256(a_signature()).hexdigest()}
    story = shop.tickets.history(actor, "T1")[-3:]
    assert [(one.after["outcome"], one.after["contact"], one.after["positions"]) for one in story] == [
        ("repaired", "Tom", [1]),
        ("refused", "Ann", [2]),
        ("not_repaired", "Tom", [3]),
    ]
    assert ["owed_minor" in one.after for one in story] == [True, False, False]


@pytest.mark.parametrize(
    ("apart", "code"),
    [
        (Apart(2, Outcome.REFUSED), "device_stays"),
        (Apart(7, Outcome.REFUSED), "job_unknown"),
        (Apart(1, Outcome.REPAIRED), "outcome_cancelled"),
        (Apart(1, to=" " * 3 + "x" * 300), "taker_missing"),
    ],
)
def test_what_does_not_fit_the_devices_that_leave_is_refused(
    shop: Shop, actor: Actor, apart: Apart, code: str
) -> None:
    a_ticket(shop, actor, a_device(), a_device())
    moved(shop, actor, "T1", "cancelled")
    with pytest.raises(DomainError) as refused:
        handed_back(shop, actor, "T1", apart=(apart,))
    assert refused.value.code == code
    assert shop.tickets.get(actor, "T1").jobs[0].is_here


def test_what_is_ready_is_handed_back_and_the_rest_stays(shop: Shop, actor: Actor) -> None:
    a_ticket(shop, actor, a_device(shelf="A1"), a_device())
    moved(shop, actor, "T1", "ready")
    ticket = handed_back(shop, actor, "T1", to="Tom", signature=a_signature())
    first, second = ticket.jobs
    assert (first.state.code, first.outcome, first.handed_to, first.shelf) == (
        "collected",
        Outcome.REPAIRED,
        "Tom",
        "",
    )
    assert (second.state.code, second.handed_at, ticket.is_open) == ("received", None, True)
    assert second.signature == ""
    assert first.signature == hashlib.sha256(a_signature()).hexdigest()
    for nonsense in (b"not a picture", a_signature() + b"x" * (1 << 20)):
        with pytest.raises(DomainError) as refused:
            handed_back(shop, actor, "T1", positions=(2,), signature=nonsense)
        assert refused.value.code == "signature_invalid"
    with pytest.raises(DomainError) as refused:
        handed_back(shop, actor, "T1")
    assert refused.value.code == "nothing_ready"
    with pytest.raises(DomainError) as refused:
        handed_back(shop, actor, "T1", positions=(1,))
    assert refused.value.code == "device_gone"
    with pytest.raises(DomainError) as refused:
        handed_back(shop, actor, "T1", positions=(2,))
    assert refused.value.code == "state_move"


@pytest.mark.parametrize("outcome", [Outcome.NOT_REPAIRED, Outcome.REFUSED])
def test_a_cancelled_device_is_handed_back_unrepaired(shop: Shop, actor: Actor, outcome: Outcome) -> None:
    a_ticket(shop, actor)
    assert moved(shop, actor, "T1", "cancelled").is_open  # it still is here
    ticket = handed_back(shop, actor, "T1", outcome=outcome)
    assert (ticket.jobs[0].outcome, ticket.is_open) == (outcome, False)


def test_somebody_takes_the_device(shop: Shop, actor: Actor) -> None:
    a_ticket(shop, actor)
    moved(shop, actor, "T1", "ready")
    with pytest.raises(DomainError) as refused:
        shop.counter.hand_back(actor, HandBack(number="T1", outcome=Outcome.REPAIRED, to=" "))
    assert refused.value.code == "taker_missing"


def test_a_closed_ticket_is_locked_until_a_manager_reopens_it(shop: Shop, actor: Actor) -> None:
    number = in_state(shop, actor, "collected")
    clerk = Actor(actor.business, "Till 1", "Ann", frozenset(Permission) - {Permission.TICKET_REOPEN})
    with pytest.raises(DomainError) as refused:
        shop.tickets.edit_job(actor, EditJob(number=number, found="x"))
    assert refused.value.code == "ticket_closed"
    assert refusal(shop, clerk, number=number, to="in_repair", reason="came back").code == "not_allowed"
    ticket = moved(shop, actor, number, "in_repair")
    assert (ticket.is_open, ticket.jobs[0].handed_to) == (True, "")
    moved(shop, actor, number, "ready")
    assert handed_back(shop, actor, number, to="Tom").jobs[0].handed_to == "Tom"


def test_a_device_that_is_here_on_another_ticket_cannot_come_back_on_the_old_one(
    shop: Shop, actor: Actor
) -> None:
    a_ticket(shop, actor, a_device(serial="ZZ9"))
    moved(shop, actor, "T1", "ready")
    handed_back(shop, actor, "T1")
    a_ticket(shop, actor, a_device(serial="ZZ9"))
    refused = refusal(shop, actor, number="T1", to="in_repair", reason="again")
    assert (refused.code, refused.facts["number"]) == ("device_here", "T2")


# -- warranty -------------------------------------------------------------------------------------------
def repaired(shop: Shop, actor: Actor, days: int) -> int:
    """T1 handed back with a warranty of some days; its key."""
    a_ticket(shop, actor, a_device(serial="ZZ9"))
    asked(shop, actor, "T1", 5000, warranty_days=days)
    approved(shop, actor, "T1")
    moved(shop, actor, "T1", "ready")
    handed_back(shop, actor, "T1")
    story = shop.devices.look(actor, "ZZ9")
    assert story is not None
    [line] = story.warranties
    return line.warranty.id


def test_a_claim_opens_a_linked_ticket_with_the_remaining_term(shop: Shop, actor: Actor) -> None:
    key = repaired(shop, actor, 90)
    the_clock(shop).advance(timedelta(days=30))
    ticket = a_ticket(shop, actor, a_device(serial="ZZ9", claim_of=key))
    claimed_now = shop.tickets.guarantees(actor, "T2").claims[1]
    assert ticket.jobs[0].claim_of == claimed_now.warranty.id == key
    assert (claimed_now.first, claimed_now.days_left) == ("T1", 60)
    claim = shop.tickets.history(actor, "T2")[-1]
    assert (claim.action, claim.after["of"], claim.after["days_left"]) == ("warranty.claim", "T1", 60)
    claimed = shop.tickets.history(actor, "T1")[-1]
    assert (claimed.action, claimed.after["by"], claimed.after["claims"]) == ("warranty.claimed", "T2", 1)
    moved(shop, actor, "T2", "ready")
    handed_back(shop, actor, "T2")
    story = shop.devices.look(actor, "ZZ9")
    assert story is not None
    assert [(one.warranty.claims, one.days_left) for one in story.warranties] == [(1, 60)]


def test_a_claim_names_its_repair_and_the_ticket_with_which_all_began(shop: Shop, actor: Actor) -> None:
    key = repaired(shop, actor, 90)
    the_clock(shop).advance(timedelta(days=30))
    a_ticket(shop, actor, a_device(serial="ZZ9"))
    whole = shop.tickets.whole(actor, "T2")
    assert ([one.number for one in whole.guarantees.running[1]], whole.guarantees.claims) == (["T1"], {})
    moved(shop, actor, "T2", "cancelled")
    handed_back(shop, actor, "T2", outcome=Outcome.REFUSED)
    a_ticket(shop, actor, a_device(serial="ZZ9", claim_of=key))
    claim = shop.tickets.whole(actor, "T3").guarantees.claims[1]
    assert (claim.warranty.number, claim.first, claim.days_left) == ("T1", "T1", 60)
    asked(shop, actor, "T3", 0, warranty_days=10)
    approved(shop, actor, "T3")
    moved(shop, actor, "T3", "ready")
    handed_back(shop, actor, "T3")
    story = shop.devices.look(actor, "ZZ9")
    assert story is not None
    newer = next(one.warranty.id for one in story.warranties if one.warranty.number == "T3")
    a_ticket(shop, actor, a_device(serial="ZZ9", claim_of=newer))
    claim = shop.tickets.whole(actor, "T4").guarantees.claims[1]
    assert (claim.warranty.number, claim.first, claim.days_left) == ("T3", "T1", 10)


def test_an_expired_warranty_is_honoured_only_with_a_reason(shop: Shop, actor: Actor) -> None:
    key = repaired(shop, actor, 90)
    the_clock(shop).advance(timedelta(days=90))
    with pytest.raises(DomainError) as refused:
        a_ticket(shop, actor, a_device(serial="ZZ9", claim_of=key))
    assert refused.value.code == "warranty_over"
    ticket = a_ticket(shop, actor, a_device(serial="ZZ9", claim_of=key, claim_anyway="one day late"))
    assert ticket.number == "T2"  # the refused one took no number


def test_a_warranty_holds_for_its_own_device(shop: Shop, actor: Actor) -> None:
    key = repaired(shop, actor, 90)
    with pytest.raises(DomainError) as refused:
        a_ticket(shop, actor, a_device(claim_of=key))
    assert refused.value.code == "warranty_other"


def test_a_warranty_that_was_claimed_outlives_an_undone_hand_back(shop: Shop, actor: Actor) -> None:
    key = repaired(shop, actor, 90)
    a_ticket(shop, actor, a_device(serial="ZZ9", claim_of=key))
    moved(shop, actor, "T2", "ready")
    handed_back(shop, actor, "T2")
    shop.tickets.move(actor, MoveJob(number="T1", to="ready", reason="It came back"))
    story = shop.devices.look(actor, "ZZ9")
    assert story is not None
    assert [(one.warranty.id, one.warranty.claims) for one in story.warranties] == [(key, 1)]


def test_a_hand_back_that_is_undone_starts_its_warranty_anew(shop: Shop, actor: Actor) -> None:
    repaired(shop, actor, 90)
    moved(shop, actor, "T1", "ready")
    the_clock(shop).advance(timedelta(days=5))
    handed_back(shop, actor, "T1")
    story = shop.devices.look(actor, "ZZ9")
    assert story is not None
    assert [one.days_left for one in story.warranties] == [90]


def test_a_device_that_comes_back_after_a_newer_estimate_has_its_warranty_again(
    shop: Shop, actor: Actor
) -> None:
    number = a_ticket(shop, actor, a_device(serial="ZZ9"), a_device()).number
    asked(shop, actor, number, 5000, warranty_days=90)
    approved(shop, actor, number)
    moved(shop, actor, number, "in_repair", "ready")
    handed_back(shop, actor, number, positions=(1,))
    asked(shop, actor, number, 3000, position=2)
    approved(shop, actor, number)
    moved(shop, actor, number, "ready")
    the_clock(shop).advance(timedelta(days=5))
    handed_back(shop, actor, number, positions=(1,))
    story = shop.devices.look(actor, "ZZ9")
    assert story is not None
    assert [one.days_left for one in story.warranties] == [90]
    assert all(one.is_kept for one in verify(shop.store))


def test_a_line_that_a_newer_estimate_dropped_has_no_warranty(shop: Shop, actor: Actor) -> None:
    number = a_ticket(shop, actor, a_device(serial="ZZ9"), a_device()).number
    asked(shop, actor, number, 5000, warranty_days=90)
    approved(shop, actor, number)
    asked(shop, actor, number, 5500, position=2)
    approved(shop, actor, number)
    moved(shop, actor, number, "in_repair", "ready")
    handed_back(shop, actor, number, positions=(1,))
    story = shop.devices.look(actor, "ZZ9")
    assert story is not None
    assert not story.warranties
    assert all(one.is_kept for one in verify(shop.store))
