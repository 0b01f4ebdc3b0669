"""Two tills at one moment, each a program of its own: nothing is lost, sold or given out twice."""

from collections import Counter
from collections.abc import Callable
from functools import partial

import pytest

from posapp.bootstrap import open_shop
from posapp.domain.base.actor import Actor
from posapp.domain.base.errors import PosappError
from posapp.services.bookings.walk_ins import AddWalkIn, ServeWalkIn
from posapp.services.desks import Shop
from posapp.services.repairs.estimates import AskEstimate, LineAsked
from posapp.services.repairs.loaners import SaveLoaner
from posapp.services.repairs.tickets import EditJob, MoveJob
from tests.factories import a_bench, a_booking, a_customer, at
from tests.repairs import IMEI, a_device, a_ticket, an_item, approved, asked, handed_back, moved
from tests.several_tills import at_once as tills_at_once

TILLS, ROUNDS = 3, 4
Act = Callable[[Shop, Actor, int], object]


def at_once(place: str, act: Act) -> Counter[str]:
    """How often each answer came when all tills do the same in turns: codes of refusals, "" for done."""
    return Counter(answer for till in tills_at_once(place, [partial(_turns, act)] * TILLS) for answer in till)


def _turns(act: Act, shop: Shop, actor: Actor) -> list[str]:
    answers = []
    for turn in range(ROUNDS):
        try:
            act(shop, actor, turn)
            answers.append("")
        except PosappError as refused:
            answers.append(refused.code)
    return answers


def edit_first_seen(shop: Shop, actor: Actor, turn: int) -> None:
    shop.tickets.edit_job(actor, EditJob(number=f"T{turn + 1}", found=actor.till, seen_version=1))


def take_in_one_device(shop: Shop, actor: Actor, turn: int) -> None:
    a_ticket(shop, actor, a_device(serial=f"RACE{turn}"), customer_id=1)


def reserve_the_last(shop: Shop, actor: Actor, turn: int) -> None:
    shop.parts.reserve(actor, f"T{turn + 1}", 1)


def lend_the_only_one(shop: Shop, actor: Actor, turn: int) -> None:
    shop.loaners.out(actor, f"T{turn + 1}", 1)


def hand_back_once(shop: Shop, actor: Actor, turn: int) -> None:
    handed_back(shop, actor, f"T{turn + 1}")


def approve_once(shop: Shop, actor: Actor, turn: int) -> None:
    approved(shop, actor, f"T{turn + 1}")


def _approved_of(number: str, shop: Shop, actor: Actor) -> list[str]:
    return [approved(shop, actor, number).status.value]


def open_from_booking(shop: Shop, actor: Actor, turn: int) -> None:
    a_ticket(shop, actor, booking=f"B{turn + 1}")


def serve_once(shop: Shop, actor: Actor, turn: int) -> None:
    shop.walk_ins.serve(actor, ServeWalkIn(walk_in_id=turn + 1, anyway="race"))


def test_two_tills_on_one_ticket_see_each_other(place: str, shop: Shop, actor: Actor) -> None:
    for _ in range(ROUNDS):
        a_ticket(shop, actor)
    answers = at_once(place, edit_first_seen)
    assert answers == {"": ROUNDS, "changed_elsewhere": ROUNDS * (TILLS - 1)}
    for number in range(1, ROUNDS + 1):
        edits = [one for one in shop.tickets.history(actor, f"T{number}") if one.action == "ticket.edited"]
        assert [one.after["found"] for one in edits] == [shop.tickets.get(actor, f"T{number}").jobs[0].found]


def test_one_device_is_taken_in_once(place: str, shop: Shop, actor: Actor) -> None:
    a_customer(shop, actor)
    answers = at_once(place, take_in_one_device)
    assert answers[""] == ROUNDS
    assert set(answers) <= {"", "device_here", "device_known"}
    assert sum(shop.tickets.board(actor).counts.values()) == ROUNDS
    assert a_ticket(shop, actor, customer_id=1).number == f"T{ROUNDS + 1}"  # no number was lost


def test_the_last_parts_go_to_as_many_as_there_are(place: str, shop: Shop, actor: Actor) -> None:
    an_item(shop, actor, 5)
    for _ in range(ROUNDS):
        a_ticket(shop, actor)
    assert at_once(place, reserve_the_last) == {"": 5, "stock_short": TILLS * ROUNDS - 5}
    assert shop.items.get(actor, 1).free == 0


def test_the_last_piece_is_set_aside_for_one_yes(place: str, shop: Shop, actor: Actor) -> None:
    item = an_item(shop, actor, 2)
    line = LineAsked(text="Display", unit_minor=100, item_id=item.id)
    for number in range(1, TILLS + 1):
        a_ticket(shop, actor)
        shop.estimates.ask(actor, AskEstimate(number=f"T{number}", lines=(line,)))
    acts = [partial(_approved_of, f"T{number}") for number in range(1, TILLS + 1)]
    tills_at_once(place, acts)
    now = shop.items.get(actor, item.id)
    assert (now.stock, now.reserved) == (2, 2)
    taken = [len(shop.parts.of_ticket(actor, f"T{number}")) for number in range(1, TILLS + 1)]
    assert sorted(taken) == [0, 1, 1]


def test_one_loaner_goes_out_once(place: str, shop: Shop, actor: Actor) -> None:
    shop.loaners.save(actor, SaveLoaner(name="Loan 1"))
    for _ in range(ROUNDS):
        a_ticket(shop, actor)
    assert at_once(place, lend_the_only_one) == {"": 1, "loaner_out": TILLS * ROUNDS - 1}


def test_a_device_is_handed_back_once(place: str, shop: Shop, actor: Actor) -> None:
    for number in range(1, ROUNDS + 1):
        a_ticket(shop, actor)
        moved(shop, actor, f"T{number}", "ready")
    assert at_once(place, hand_back_once) == {"": ROUNDS, "nothing_ready": ROUNDS * (TILLS - 1)}


def test_an_estimate_is_answered_once(place: str, shop: Shop, actor: Actor) -> None:
    for number in range(1, ROUNDS + 1):
        a_ticket(shop, actor)
        asked(shop, actor, f"T{number}", 100)
    assert at_once(place, approve_once) == {"": ROUNDS, "estimate_none": ROUNDS * (TILLS - 1)}


def test_a_booking_becomes_one_ticket(place: str, shop: Shop, actor: Actor) -> None:
    for number in range(ROUNDS):
        a_booking(shop, actor, starts=at(9 + number))
    answers = at_once(place, open_from_booking)
    assert answers == {"": ROUNDS, "booking_has_ticket": ROUNDS * (TILLS - 1)}
    numbers = [shop.tickets.get(actor, f"T{number}").booking for number in range(1, ROUNDS + 1)]
    assert sorted(numbers) == [f"B{number}" for number in range(1, ROUNDS + 1)]


def test_a_walk_in_is_served_once(place: str, shop: Shop, actor: Actor) -> None:
    a_bench(shop, actor, "Bench 2", capacity=9)
    for _ in range(ROUNDS):
        shop.walk_ins.add(actor, AddWalkIn(customer_id=a_customer(shop, actor).id))
    answers = at_once(place, serve_once)
    assert answers == {"": ROUNDS, "walk_in_state": ROUNDS * (TILLS - 1)}


def test_a_move_by_one_till_stands_before_the_other_looks(place: str, shop: Shop, actor: Actor) -> None:
    other = open_shop(place)
    try:
        seen = a_ticket(shop, actor, a_device(imei=IMEI)).jobs[0].stamps.version
        other.tickets.move(other.actor("Till 2"), MoveJob(number="T1", to="ready"))
        with pytest.raises(PosappError) as refused:
            shop.tickets.move(actor, MoveJob(number="T1", to="diagnosing", seen_version=seen))
        assert refused.value.code == "changed_elsewhere"
        assert shop.tickets.get(actor, "T1").jobs[0].state.code == "ready"
    finally:
        other.close()
