"""The booking desk: times that cannot overlap, hours that hold, moves that the trade knows."""

from dataclasses import astuple
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from posapp.domain.base.actor import Actor, Permission
from posapp.domain.base.clock import SkippedTime
from posapp.domain.base.errors import DomainError
from posapp.domain.bookings.bookings import MOVES, BookingStatus
from posapp.domain.shop.businesses import ExceptionRow, ResourceKind, WeekRow
from posapp.services.bookings.bookings import MakeBooking, MoveBooking
from posapp.services.care.verify import verify
from posapp.services.customers.customers import FindOrCreate
from posapp.services.desks import Shop
from posapp.services.shop.businesses import EditBusiness, SaveResource, SaveService
from tests.factories import DAY, a_bench, a_booking, a_customer, a_phone, at, the_clock

S = BookingStatus


def refusal_of(shop: Shop, actor: Actor, **values: Any) -> DomainError:
    """The refusal of a booking that must not be possible."""
    with pytest.raises(DomainError) as refused:
        a_booking(shop, actor, **values)
    return refused.value


def test_a_new_customer_is_booked_in_one_transaction(shop: Shop, actor: Actor) -> None:
    command = MakeBooking(
        starts=at(10), who=FindOrCreate(phone=a_phone(1), name="Marta"), note=" screen ", person="Tom"
    )
    booked = shop.bookings.book(actor, command)
    booking = booked.booking
    assert (booking.number, str(booking.pl_id), booked.created) == ("B1", "PL1", True)
    assert (booking.wall_start, booking.starts) == (at(10), datetime(2026, 11, 18, 10, tzinfo=UTC))
    assert (booking.minutes, booking.service, booking.resource) == (30, "Repair", "Counter")
    assert (booking.note, booking.contact_name, booking.zone) == ("screen", "Tom", "Europe/Dublin")
    assert shop.bookings.of_customer(actor, booked.customer.id) == [booking]


def test_what_is_answered_is_what_stands_in_the_book(shop: Shop, actor: Actor) -> None:
    """Field by field, for a new and a known customer, with a further person or not."""
    bench = a_bench(shop, actor, buffer_minutes=10)
    for place, person in enumerate(("", "", "Anna", "Anna")):
        starts = datetime.combine(DAY, time(9 + place))
        command = MakeBooking(
            starts=starts,
            who=FindOrCreate(phone=a_phone(5), name="Marta"),
            person=person,
            resource_id=bench.id,
            note="Two screens",
            anyway="Promised" if place == 1 else None,
        )
        made = shop.bookings.book(actor, command).booking
        stands = shop.bookings.get(actor, made.number)
        assert made == stands
        assert (made.phone, made.stamps) == (a_phone(5), stands.stamps)
        assert [type(part) for part in astuple(made)] == [type(part) for part in astuple(stands)]


def test_a_refused_booking_leaves_no_customer_and_no_number(shop: Shop, actor: Actor) -> None:
    a_booking(shop, actor, a_customer(shop, actor, phone=a_phone(1)), starts=at(10))
    with pytest.raises(DomainError):
        shop.bookings.book(actor, MakeBooking(starts=at(10), who=FindOrCreate(phone=a_phone(2))))
    assert shop.customers.who_has(actor, a_phone(2)).customer is None
    booked = shop.bookings.book(actor, MakeBooking(starts=at(11), who=FindOrCreate(phone=a_phone(3))))
    assert (booked.booking.number, str(booked.customer.pl_id)) == ("B2", "PL2")


def test_nobody_to_book_for_is_refused(shop: Shop, actor: Actor) -> None:
    with pytest.raises(DomainError) as refused:
        shop.bookings.book(actor, MakeBooking(starts=at(10)))
    assert refused.value.code == "customer_missing"


@pytest.mark.parametrize("start", [at(9, 31), at(10), at(10, 29)])
def test_an_overlap_is_refused_with_the_next_free_time(shop: Shop, actor: Actor, start: datetime) -> None:
    a_booking(shop, actor, starts=at(10))
    refused = refusal_of(shop, actor, starts=start)
    assert (refused.code, refused.field) == ("taken", "starts")
    assert refused.facts["next_free"] == at(10, 30)


def test_touching_bookings_do_not_overlap(shop: Shop, actor: Actor) -> None:
    for start in (at(10), at(10, 30), at(9, 30)):
        a_booking(shop, actor, starts=start)
    assert len(shop.bookings.agenda(actor, DAY, DAY).bookings) == 3


def test_a_capacity_of_two_takes_two_at_once(shop: Shop, actor: Actor) -> None:
    bench = a_bench(shop, actor, capacity=2)
    for start in (at(10), at(10, 15), at(10, 45)):  # never more than two at one moment
        a_booking(shop, actor, starts=start, resource_id=bench.id)
    assert refusal_of(shop, actor, starts=at(10, 20), resource_id=bench.id).code == "taken"


def test_a_capacity_cannot_shrink_below_the_bookings_to_come(shop: Shop, actor: Actor) -> None:
    bench = a_bench(shop, actor, capacity=3)
    for _ in range(2):
        a_booking(shop, actor, starts=at(10), resource_id=bench.id)
    smaller = SaveResource(id=bench.id, kind=ResourceKind.BENCH, name=bench.name, capacity=1)
    with pytest.raises(DomainError) as refused:
        shop.businesses.save_resource(actor, smaller)
    assert refused.value.code == "capacity_taken"
    fitting = SaveResource(id=bench.id, kind=ResourceKind.BENCH, name=bench.name, capacity=2)
    assert shop.businesses.save_resource(actor, fitting).capacity == 2
    the_clock(shop).advance(timedelta(days=1))
    assert shop.businesses.save_resource(actor, smaller).capacity == 1


def test_a_buffer_keeps_the_time_after_a_booking_free(shop: Shop, actor: Actor) -> None:
    bench = a_bench(shop, actor, buffer_minutes=15)
    a_booking(shop, actor, starts=at(10), resource_id=bench.id)
    assert refusal_of(shop, actor, starts=at(10, 30), resource_id=bench.id).code == "taken"
    assert refusal_of(shop, actor, starts=at(9, 20), resource_id=bench.id).code == "taken"
    for start in (at(10, 45), at(9, 15)):
        a_booking(shop, actor, starts=start, resource_id=bench.id)


def test_anyone_takes_the_first_who_is_free(shop: Shop, actor: Actor) -> None:
    a_bench(shop, actor, "Bench 2")
    names = [a_booking(shop, actor, starts=at(10)).resource for _ in range(2)]
    assert names == ["Counter", "Bench 2"]
    assert refusal_of(shop, actor, starts=at(10)).code == "taken"


def test_a_long_booking_is_seen_however_long_ago_it_began(shop: Shop, actor: Actor) -> None:
    for number in range(3):
        a_booking(shop, actor, starts=at(15 + number), minutes=30)
    a_booking(shop, actor, starts=at(9), minutes=360)
    assert refusal_of(shop, actor, starts=at(14, 30)).code == "taken"


@pytest.mark.parametrize("start", [at(8, 59), at(17, 31), at(23), at(0)])
def test_closed_hours_are_refused(shop: Shop, actor: Actor, start: datetime) -> None:
    start += timedelta(days=1)
    refused = refusal_of(shop, actor, starts=start)
    assert (refused.code, refused.field) == ("closed", "starts")
    assert "09:00 to 18:00" in refused.sentence


def test_breaks_and_closed_days_are_refused(shop: Shop, actor: Actor) -> None:
    week = [WeekRow(None, day, "open", 540, 1080) for day in range(6)]
    shop.hours.set_week(actor, None, [*week, WeekRow(None, 2, "break", 720, 780, "Lunch")])
    assert refusal_of(shop, actor, starts=at(12, 15)).code == "closed"
    assert refusal_of(shop, actor, starts=at(11, 45)).code == "closed"
    assert a_booking(shop, actor, starts=at(13)).number == "B1"
    assert "Sun 22 Nov" in refusal_of(shop, actor, starts=at(10, day=date(2026, 11, 22))).sentence


def test_exceptions_win_over_the_week(shop: Shop, actor: Actor) -> None:
    thursday, friday = date(2026, 11, 19), date(2026, 11, 20)
    shop.hours.set_exceptions(
        actor, None, thursday, [ExceptionRow(None, thursday, None, None, "Stocktaking")]
    )
    shop.hours.set_exceptions(actor, None, friday, [ExceptionRow(None, friday, 600, 720, "Half day")])
    assert "Stocktaking" in refusal_of(shop, actor, starts=at(10, day=thursday)).sentence
    assert refusal_of(shop, actor, starts=at(9, day=friday)).code == "closed"
    a_booking(shop, actor, starts=at(10, day=friday))
    shop.hours.set_exceptions(actor, None, thursday, [])
    a_booking(shop, actor, starts=at(10, day=thursday))


def test_own_hours_of_a_person_hold_within_the_shops(shop: Shop, actor: Actor) -> None:
    aoife = shop.businesses.save_resource(actor, SaveResource(kind=ResourceKind.STAFF, name="Aoife"))
    shop.hours.set_week(actor, aoife.id, [WeekRow(aoife.id, 2, "open", 780, 1080)])
    refused = refusal_of(shop, actor, starts=at(10), resource_id=aoife.id)
    assert (refused.code, "Aoife" in refused.sentence) == ("closed", True)
    assert a_booking(shop, actor, starts=at(14), resource_id=aoife.id).resource == "Aoife"


def test_the_past_is_refused(shop: Shop, actor: Actor) -> None:
    the_clock(shop).advance(timedelta(hours=4))
    refused = refusal_of(shop, actor, starts=at(11))
    assert (refused.code, refused.sentence.startswith("11:00 on")) == ("past", True)


@pytest.mark.parametrize("start", [at(10), at(20), at(9, day=date(2026, 11, 17))])
def test_anyway_books_over_a_refusal_with_a_reason(shop: Shop, actor: Actor, start: datetime) -> None:
    a_booking(shop, actor, starts=at(10))
    customer = a_customer(shop, actor)
    assert refusal_of(shop, actor, customer=customer, starts=start, anyway=" ").code == "reason_missing"
    made = a_booking(shop, actor, customer, starts=start, anyway="urgent")
    assert (made.override_reason, made.wall_start) == ("urgent", start)


def test_anyway_needs_its_permission_and_is_not_noted_where_nothing_stood_against_it(
    shop: Shop, actor: Actor
) -> None:
    clerk = Actor(actor.business, "Till 1", "Ann", frozenset(Permission) - {Permission.BOOKING_OVERRIDE})
    customer = a_customer(shop, actor)
    assert refusal_of(shop, clerk, customer=customer, starts=at(20), anyway="late").code == "not_allowed"
    assert a_booking(shop, actor, customer, starts=at(10), anyway="late").override_reason is None


def test_anyway_with_anyone_prefers_who_is_free(shop: Shop, actor: Actor) -> None:
    a_bench(shop, actor, "Bench 2")
    a_booking(shop, actor, starts=at(10))
    made = a_booking(shop, actor, starts=at(10), anyway="urgent")
    assert (made.resource, made.override_reason) == ("Bench 2", None)


# -- clocks ---------------------------------------------------------------------------------------------
def all_night(shop: Shop, actor: Actor) -> None:
    shop.hours.set_week(actor, None, [WeekRow(None, day, "open", 0, 1440) for day in range(7)])


def test_round_the_clock_half_past_eleven_is_booked_over_midnight(shop: Shop, actor: Actor) -> None:
    all_night(shop, actor)
    tomorrow = DAY + timedelta(days=1)
    booked = a_booking(shop, actor, starts=at(23, 30), minutes=60)
    assert shop.bookings.agenda(actor, tomorrow, tomorrow).bookings == (booked,)
    with pytest.raises(DomainError) as refused:
        a_booking(shop, actor, starts=at(0, 15, tomorrow))
    assert (refused.value.code, refused.value.facts["next_free"]) == ("taken", at(0, 30, tomorrow))
    a_booking(shop, actor, starts=at(3, 0, tomorrow), minutes=60)
    free = shop.bookings.free_times(actor, tomorrow, 150, limit=2)
    assert [one.starts for one in free] == [at(0, 30, tomorrow), at(4, 0, tomorrow)]


def test_a_night_ends_where_the_next_day_is_closed_as_the_shop_says(shop: Shop, actor: Actor) -> None:
    shop.hours.set_week(actor, None, [WeekRow(None, day, "open", 1080, 1560) for day in range(7)])
    tomorrow = DAY + timedelta(days=1)
    shop.hours.set_exceptions(actor, None, tomorrow, [ExceptionRow(None, tomorrow, None, None, "Fair")])
    a_booking(shop, actor, starts=at(1, 0, tomorrow), minutes=60)  # the night before runs to its end
    for starts in (at(1, 45, tomorrow), at(19, 0, tomorrow), at(1, 0, DAY + timedelta(days=2))):
        with pytest.raises(DomainError) as refused:
            a_booking(shop, actor, starts=starts)
        assert refused.value.code == "closed"


def test_an_hour_that_the_clocks_skip_is_refused_with_the_nearest_times(shop: Shop, actor: Actor) -> None:
    all_night(shop, actor)
    spring = date(2027, 3, 28)
    with pytest.raises(SkippedTime) as refused:
        a_booking(shop, actor, starts=at(1, 30, spring))
    assert (refused.value.facts["earlier"], refused.value.later) == (at(0, 45, spring), at(2, 0, spring))


def test_a_doubled_hour_is_the_first_one_unless_the_offset_says_so(shop: Shop, actor: Actor) -> None:
    all_night(shop, actor)
    the_clock(shop).set(datetime(2026, 10, 1, tzinfo=UTC))
    autumn = date(2026, 10, 25)
    first = a_booking(shop, actor, starts=at(1, 30, autumn))
    second = a_booking(shop, actor, starts=at(1, 30, autumn), offset=timedelta(0))
    assert first.starts == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert [one.mark("Europe/Dublin") for one in (first, second)] == ["UTC+01:00", "UTC+00:00"]
    assert second.starts == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert (first.wall_start, second.wall_start) == (at(1, 30, autumn), at(1, 30, autumn))
    longer = shop.bookings.move(actor, MoveBooking(number=second.number, minutes=45))
    assert longer.starts == second.starts  # it stays the hour it was
    assert refusal_of(shop, actor, starts=at(1, 30, autumn), offset=timedelta(hours=3)).code == "offset_wrong"


def test_a_shop_that_changed_its_zone_moves_a_booking_by_its_new_clock(shop: Shop, actor: Actor) -> None:
    made = a_booking(shop, actor, starts=at(10))
    shop.businesses.edit(actor, EditBusiness(time_zone="Europe/Madrid"))
    kept = shop.bookings.get(actor, made.number)
    assert (kept.wall_start, kept.zone) == (at(10), "Europe/Dublin")
    longer = shop.bookings.move(actor, MoveBooking(number=made.number, minutes=60))
    assert (longer.starts, longer.wall_start, longer.zone) == (made.starts, at(11), "Europe/Madrid")


# -- moving and states ----------------------------------------------------------------------------------
def test_a_booking_moves_to_another_time_bench_length_and_service(shop: Shop, actor: Actor) -> None:
    bench = a_bench(shop, actor)
    service = shop.businesses.save_service(actor, SaveService(name="Screen", minutes=45, price_minor=9900))
    made = a_booking(shop, actor, starts=at(10))
    moved = shop.bookings.move(
        actor,
        MoveBooking(
            number=made.number,
            starts=at(11),
            minutes=45,
            resource_id=bench.id,
            service_id=service.id,
            note="blue",
            seen_version=made.stamps.version,
        ),
    )
    assert (moved.wall_start, moved.minutes, moved.resource) == (at(11), 45, "Bench 2")
    assert (moved.service, moved.price_minor, moved.note) == ("Screen", 9900, "blue")
    assert a_booking(shop, actor, starts=at(10)).resource == "Counter"  # its old time is free again


def test_a_move_onto_itself_is_free_and_onto_another_is_refused(shop: Shop, actor: Actor) -> None:
    first, second = a_booking(shop, actor, starts=at(10)), a_booking(shop, actor, starts=at(11))
    assert shop.bookings.move(actor, MoveBooking(number=first.number, starts=at(10, 15))).minutes == 30
    with pytest.raises(DomainError, match="taken"):
        shop.bookings.move(actor, MoveBooking(number=second.number, starts=at(10, 30)))
    assert shop.bookings.get(actor, second.number) == second


def test_a_stale_form_does_not_move_a_booking(shop: Shop, actor: Actor) -> None:
    made = a_booking(shop, actor, starts=at(10))
    shop.bookings.move(actor, MoveBooking(number=made.number, note="first"))
    with pytest.raises(DomainError) as refused:
        shop.bookings.move(
            actor, MoveBooking(number=made.number, note="second", seen_version=made.stamps.version)
        )
    assert refused.value.code == "changed_elsewhere"
    with pytest.raises(DomainError):
        shop.bookings.set_status(actor, made.number, S.ARRIVED, seen_version=made.stamps.version)


def test_a_booking_that_is_running_may_become_longer(shop: Shop, actor: Actor) -> None:
    made = a_booking(shop, actor, starts=at(10))
    the_clock(shop).advance(timedelta(hours=2, minutes=10))
    assert shop.bookings.move(actor, MoveBooking(number=made.number, minutes=60)).minutes == 60


@pytest.mark.parametrize("before", S)
def test_every_move_between_states_is_allowed_or_refused_as_the_trade_knows_it(
    shop: Shop, actor: Actor, before: BookingStatus
) -> None:
    for hour, after in enumerate(S):
        made = a_booking(shop, actor, starts=at(9 + hour))
        path = [S.ARRIVED, S.DONE] if before == S.DONE else [before]
        for step in path:
            shop.bookings.set_status(actor, made.number, step, reason="asked for")
        if after in MOVES[before] or after == before:
            moved = shop.bookings.set_status(actor, made.number, after, reason="asked for")
            assert moved.status == after
            continue
        with pytest.raises(DomainError) as refused:
            shop.bookings.set_status(actor, made.number, after, reason="asked for")
        assert refused.value.code == "booking_move"
        assert shop.bookings.get(actor, made.number).status == before


def test_cancelling_needs_a_reason_and_frees_the_time(shop: Shop, actor: Actor) -> None:
    made = a_booking(shop, actor, starts=at(10))
    with pytest.raises(DomainError) as refused:
        shop.bookings.set_status(actor, made.number, S.CANCELLED, reason=" ")
    assert refused.value.code == "reason_missing"
    cancelled = shop.bookings.set_status(actor, made.number, S.CANCELLED, reason="ill")
    assert (cancelled.status, cancelled.reason) == (S.CANCELLED, "ill")
    a_booking(shop, actor, starts=at(10))


def test_a_cancelled_booking_comes_back_only_to_a_time_that_is_still_free(shop: Shop, actor: Actor) -> None:
    made = a_booking(shop, actor, starts=at(10))
    shop.bookings.set_status(actor, made.number, S.CANCELLED, reason="ill")
    assert shop.bookings.set_status(actor, made.number, S.BOOKED).status == S.BOOKED
    shop.bookings.set_status(actor, made.number, S.CANCELLED, reason="ill")
    a_booking(shop, actor, starts=at(10))
    with pytest.raises(DomainError, match="taken"):
        shop.bookings.set_status(actor, made.number, S.BOOKED)
    assert shop.bookings.get(actor, made.number).status == S.CANCELLED


def test_the_last_visit_follows_the_states(shop: Shop, actor: Actor) -> None:
    customer = a_customer(shop, actor)
    first = a_booking(shop, actor, customer, starts=at(10))
    second = a_booking(shop, actor, customer, starts=at(11))
    for number in (second.number, first.number):
        shop.bookings.set_status(actor, number, S.ARRIVED)
    assert shop.customers.card(actor, customer.id).facts.last_visit == second.starts
    shop.bookings.set_status(actor, second.number, S.BOOKED)
    assert shop.customers.card(actor, customer.id).facts.last_visit == first.starts


def test_the_last_visit_moves_with_its_booking(shop: Shop, actor: Actor) -> None:
    customer = a_customer(shop, actor)
    made = a_booking(shop, actor, customer, starts=at(10))
    shop.bookings.set_status(actor, made.number, S.ARRIVED)
    moved = shop.bookings.move(actor, MoveBooking(number=made.number, starts=at(11)))
    assert shop.customers.card(actor, customer.id).facts.last_visit == moved.starts
    assert [one.rule for one in verify(shop.store) if not one.is_kept] == []


# -- looking --------------------------------------------------------------------------------------------
def test_free_times_are_those_that_can_be_booked(shop: Shop, actor: Actor) -> None:
    a_bench(shop, actor, buffer_minutes=15)
    for start in (at(9), at(9, 30), at(10)):
        for resource in shop.businesses.catalogue(actor).resources:
            if shop.bookings.objection(actor, start, 30, resource.id) is None:
                a_booking(shop, actor, starts=start, resource_id=resource.id)
    free = shop.bookings.free_times(actor, DAY, 30, limit=6)
    assert [one.starts for one in free] == sorted(one.starts for one in free)
    for one in free:
        assert shop.bookings.objection(actor, one.starts, 30, one.resource.id) is None
    assert shop.bookings.objection(actor, at(9), 30, None) is not None


def test_free_times_look_two_weeks_ahead_and_never_into_the_past(shop: Shop, actor: Actor) -> None:
    the_clock(shop).set(datetime(2026, 11, 18, 17, 50, tzinfo=UTC))
    assert shop.bookings.free_times(actor, DAY, 30)[0].starts == at(9, day=date(2026, 11, 19))
    shop.hours.set_week(actor, None, [])
    assert shop.bookings.free_times(actor, DAY, 30) == []


def test_the_agenda_has_hours_bookings_and_reasons_of_its_days(shop: Shop, actor: Actor) -> None:
    thursday = date(2026, 11, 19)
    shop.hours.set_exceptions(
        actor, None, thursday, [ExceptionRow(None, thursday, None, None, "Stocktaking")]
    )
    later, earlier = a_booking(shop, actor, starts=at(11)), a_booking(shop, actor, starts=at(10))
    agenda = shop.bookings.agenda(actor, DAY, thursday)
    assert agenda.bookings == (earlier, later)
    assert [(plan.day, plan.open_spans, plan.note) for plan in agenda.plans] == [
        (DAY, ((540, 1080),), ""),
        (thursday, (), "Stocktaking"),
    ]
    assert agenda.now == at(8)
    with pytest.raises(DomainError, match="45 days"):
        shop.bookings.agenda(actor, DAY, DAY + timedelta(days=46))


def test_an_archived_bench_stays_in_the_agenda_of_its_bookings(shop: Shop, actor: Actor) -> None:
    bench = a_bench(shop, actor)
    a_booking(shop, actor, starts=at(10), resource_id=bench.id)
    shop.businesses.archive(actor, "resource", bench.id)
    assert [one.name for one in shop.bookings.agenda(actor, DAY, DAY).resources] == ["Counter", "Bench 2"]
    day_after = DAY + timedelta(days=1)
    assert [one.name for one in shop.bookings.agenda(actor, day_after, day_after).resources] == ["Counter"]


@pytest.mark.parametrize("number", ["B2", "2", "", "B0", "b", "PL1", "B" + "9" * 40, "B1\0", "²"])
def test_a_booking_that_is_not_there_is_refused(shop: Shop, actor: Actor, number: str) -> None:
    a_booking(shop, actor)
    with pytest.raises(DomainError) as refused:
        shop.bookings.get(actor, number)
    assert refused.value.code == "booking_unknown"


# -- taking back ----------------------------------------------------------------------------------------
def test_a_state_goes_back_by_the_steps_of_the_trade_in_one_transaction(shop: Shop, actor: Actor) -> None:
    made = a_booking(shop, actor, starts=at(10))
    for step in (S.ARRIVED, S.IN_SERVICE):
        shop.bookings.set_status(actor, made.number, step)
    commits: list[int] = []
    end = shop.changes.subscribe(lambda changes: commits.append(len(changes)))
    back = shop.bookings.restore_status(actor, made.number, S.BOOKED)
    end()
    assert back.status == S.BOOKED
    assert len(commits) == 1
    assert shop.customers.card(actor, made.customer_id).facts.last_visit is None
    assert shop.bookings.restore_status(actor, made.number, S.BOOKED) == back


def test_a_cancelled_booking_is_cancelled_again_with_its_reason(shop: Shop, actor: Actor) -> None:
    made = a_booking(shop, actor, starts=at(10))
    gone = shop.bookings.set_status(actor, made.number, S.CANCELLED, reason="ill")
    shop.bookings.restore_status(actor, made.number, S.BOOKED)
    again = shop.bookings.restore_status(actor, made.number, gone.status, reason=gone.reason)
    assert (again.status, again.reason) == (S.CANCELLED, "ill")


def test_a_way_back_that_is_refused_halfway_leaves_all_as_it_was(shop: Shop, actor: Actor) -> None:
    made = a_booking(shop, actor, starts=at(10))
    shop.bookings.set_status(actor, made.number, S.IN_SERVICE)
    with pytest.raises(DomainError) as refused:  # by way of arrived, which alone would be allowed
        shop.bookings.restore_status(actor, made.number, S.NO_SHOW, reason="x" * 300)
    assert refused.value.code == "text_too_long"
    assert shop.bookings.get(actor, made.number).status == S.IN_SERVICE


def test_nobody_takes_back_what_another_till_changed_since(shop: Shop, actor: Actor) -> None:
    made = a_booking(shop, actor, starts=at(10))
    shop.bookings.set_status(actor, made.number, S.ARRIVED)
    for take_back in (
        lambda: shop.bookings.restore_status(actor, made.number, S.DONE, seen_version=made.stamps.version),
        lambda: shop.bookings.move_back(actor, made, seen_version=made.stamps.version),
    ):
        with pytest.raises(DomainError) as refused:
            take_back()
        assert refused.value.code == "changed_elsewhere"


def test_a_move_goes_back_to_a_time_that_is_past_by_now(shop: Shop, actor: Actor) -> None:
    made = a_booking(shop, actor, starts=at(10))
    moved = shop.bookings.move(actor, MoveBooking(number=made.number, starts=at(15)))
    the_clock(shop).advance(timedelta(hours=4))
    back = shop.bookings.move_back(actor, made, seen_version=moved.stamps.version)
    assert (back.wall_start, back.override_reason) == (at(10), "Move undone")


def test_a_move_does_not_go_back_to_a_time_that_was_given_away(shop: Shop, actor: Actor) -> None:
    made = a_booking(shop, actor, starts=at(10))
    shop.bookings.move(actor, MoveBooking(number=made.number, starts=at(15)))
    a_booking(shop, actor, starts=at(10))
    with pytest.raises(DomainError) as refused:
        shop.bookings.move_back(actor, made)
    assert refused.value.code == "taken"


def test_whoever_may_not_override_takes_no_move_back_into_the_past(shop: Shop, actor: Actor) -> None:
    clerk = Actor(actor.business, "Till 1", "Ann", frozenset(Permission) - {Permission.BOOKING_OVERRIDE})
    made = a_booking(shop, actor, starts=at(10))
    shop.bookings.move(actor, MoveBooking(number=made.number, starts=at(15)))
    the_clock(shop).advance(timedelta(hours=4))
    with pytest.raises(DomainError) as refused:
        shop.bookings.move_back(clerk, made)
    assert refused.value.code == "not_allowed"
