"""Estimates: versions, who said yes, how and up to what; a higher price asks again."""

from collections.abc import Callable
from functools import partial

import pytest

from posapp.domain.base.actor import Actor
from posapp.domain.base.errors import DomainError
from posapp.domain.catalogue.items import MoveKind
from posapp.domain.repairs.estimates import EstimateStatus
from posapp.domain.repairs.informing import ContactHow
from posapp.domain.repairs.tickets import Outcome
from posapp.services.catalogue.items import MoveStock
from posapp.services.desks import Shop
from posapp.services.repairs.estimates import ApproveEstimate, AskEstimate, DeclineEstimate, LineAsked
from posapp.services.repairs.ticket_states import RepairSettings
from posapp.services.repairs.tickets import CardFilter, EditJob, MoveJob, SaveTicket, TakeIn, TakenIn
from tests.factories import a_customer
from tests.repairs import a_device, a_price, a_ticket, an_item, approved, asked, handed_back, moved

S = EstimateStatus


def at_intake(shop: Shop, actor: Actor, *, is_agreed: bool) -> TakenIn:
    """Two devices with an estimate made at the counter."""
    lines = (
        LineAsked(text="Display", unit_minor=14900, warranty_days=90),
        LineAsked(text="Battery", unit_minor=2500, quantity=2, position=2),
    )
    marta = a_customer(shop, actor, "Marta")
    command = TakeIn(
        customer_id=marta.id, devices=(a_device(), a_device()), estimate=lines, is_agreed=is_agreed
    )
    return shop.tickets.take_in(actor, command)


def test_an_estimate_is_made_and_agreed_with_the_intake(shop: Shop, actor: Actor) -> None:
    ticket = at_intake(shop, actor, is_agreed=True).ticket
    assert [(job.price_minor, job.state.code) for job in ticket.jobs] == [
        (14900, "received"),
        (5000, "received"),
    ]
    [made] = shop.tickets.whole(actor, "T1").estimates
    assert (made.status, made.total_minor, made.limit_minor) == (EstimateStatus.APPROVED, 19900, 19900)
    assert (made.answered_by, made.answered_how) == ("Marta", "in_person")
    told = [line.action for line in shop.tickets.history(actor, "T1")]
    assert told == ["ticket.opened", "estimate.asked", "estimate.approved"]


def test_an_estimate_of_the_intake_can_wait_for_its_answer(shop: Shop, actor: Actor) -> None:
    ticket = at_intake(shop, actor, is_agreed=False).ticket
    assert [(job.price_minor, job.state.code) for job in ticket.jobs] == [(None, "needs_approval")] * 2
    approved(shop, actor, "T1")
    assert [job.price_minor for job in shop.tickets.get(actor, "T1").jobs] == [14900, 5000]


def test_an_intake_with_a_wrong_estimate_leaves_nothing(shop: Shop, actor: Actor) -> None:
    marta = a_customer(shop, actor)
    line = LineAsked(text="Display", unit_minor=14900, position=2)
    with pytest.raises(DomainError) as refused:
        shop.tickets.take_in(actor, TakeIn(customer_id=marta.id, devices=(a_device(),), estimate=(line,)))
    assert refused.value.code == "job_unknown"
    assert shop.tickets.cards(actor, CardFilter(is_here=False)) == []


def states(shop: Shop, actor: Actor) -> list[str]:
    return [job.state.code for job in shop.tickets.get(actor, "T1").jobs]


def prices(shop: Shop, actor: Actor) -> list[int | None]:
    return [job.price_minor for job in shop.tickets.get(actor, "T1").jobs]


def refused_code(call: Callable[[], object]) -> str:
    with pytest.raises(DomainError) as refused:
        call()
    return refused.value.code


def test_asking_stores_the_amounts_and_lets_the_devices_wait(shop: Shop, actor: Actor) -> None:
    a_ticket(shop, actor, a_device(), a_device())
    item = an_item(shop, actor)
    lines = (
        LineAsked(text="Display", quantity=2, unit_minor=4995, warranty_days=90, item_id=item.id),
        LineAsked(text="Work", unit_minor=2000),
    )
    made = shop.estimates.ask(actor, AskEstimate(number="T1", lines=lines))
    assert (made.version, made.status, made.total_minor, made.limit_minor) == (1, S.ASKED, 11990, None)
    assert [(line.position, line.amount_minor, line.item_id) for line in made.lines] == [
        (1, 9990, item.id),
        (1, 2000, None),
    ]
    assert states(shop, actor) == ["needs_approval", "received"]
    assert prices(shop, actor) == [None, None]
    assert shop.tickets.whole(actor, "T1").estimates == (made,)


def test_a_yes_records_who_how_and_the_limit_and_goes_on(shop: Shop, actor: Actor) -> None:
    a_ticket(shop, actor, a_device(), a_device())
    lines = (LineAsked(text="a", unit_minor=100), LineAsked(position=2, text="b", unit_minor=250))
    shop.estimates.ask(actor, AskEstimate(number="T1", lines=lines))
    made = approved(shop, actor, "T1", 500)
    assert (made.status, made.answered_by, made.answered_how, made.limit_minor) == (
        S.APPROVED,
        "Marta",
        "phone",
        500,
    )
    assert made.recorded_by == "Till 1"
    assert (states(shop, actor), prices(shop, actor)) == (["in_repair", "in_repair"], [100, 250])
    told = next(x for x in shop.tickets.history(actor, "T1") if x.action == "estimate.approved")
    assert (told.after["contact"], told.after["how"], told.after["limit_minor"]) == ("Marta", "phone", 500)


@pytest.mark.parametrize(("price", "asks_again"), [(501, True), (500, False), (99, False)])
def test_only_a_version_above_the_limit_asks_again(
    shop: Shop, actor: Actor, price: int, asks_again: bool
) -> None:
    a_ticket(shop, actor)
    asked(shop, actor, "T1", 100)
    approved(shop, actor, "T1", 500)
    made = asked(shop, actor, "T1", price)
    before = shop.tickets.whole(actor, "T1").estimates[1]
    if asks_again:
        assert (made.status, before.status) == (S.ASKED, S.APPROVED)
        assert (states(shop, actor), prices(shop, actor)) == (["needs_approval"], [100])
        approved(shop, actor, "T1")
        assert [one.status for one in shop.tickets.whole(actor, "T1").estimates] == [S.APPROVED, S.REPLACED]
    else:
        assert (made.status, made.limit_minor, before.status) == (S.APPROVED, 500, S.REPLACED)
        assert made.answered_at == before.answered_at
        assert states(shop, actor) == ["in_repair"]
    assert prices(shop, actor) == [price]


def test_without_a_limit_the_total_is_the_limit(shop: Shop, actor: Actor) -> None:
    a_ticket(shop, actor)
    asked(shop, actor, "T1", 100)
    assert approved(shop, actor, "T1").limit_minor == 100
    assert asked(shop, actor, "T1", 101).status == S.ASKED


def test_an_estimate_of_nothing_covers_nothing_more(shop: Shop, actor: Actor) -> None:
    a_ticket(shop, actor)
    asked(shop, actor, "T1", 0)
    assert approved(shop, actor, "T1", 0).limit_minor == 0
    assert asked(shop, actor, "T1", 1).status == S.ASKED


def test_a_newer_version_replaces_the_question(shop: Shop, actor: Actor) -> None:
    a_ticket(shop, actor)
    asked(shop, actor, "T1", 100)
    asked(shop, actor, "T1", 200)
    assert [one.status for one in shop.tickets.whole(actor, "T1").estimates] == [S.ASKED, S.REPLACED]


def test_a_no_cancels_what_waited_or_sends_it_elsewhere(shop: Shop, actor: Actor) -> None:
    a_ticket(shop, actor)
    asked(shop, actor, "T1", 100)
    no = DeclineEstimate(number="T1", by="Marta", how=ContactHow.SMS, reason="too dear", then="diagnosing")
    assert shop.estimates.decline(actor, no).status == S.DECLINED
    assert states(shop, actor) == ["diagnosing"]
    asked(shop, actor, "T1", 50)
    shop.estimates.decline(actor, DeclineEstimate(number="T1", by="Marta", how=ContactHow.SMS))
    assert states(shop, actor) == ["cancelled"]
    assert shop.tickets.get(actor, "T1").is_open


def test_an_earlier_yes_outlives_a_later_no(shop: Shop, actor: Actor) -> None:
    a_ticket(shop, actor)
    asked(shop, actor, "T1", 100)
    approved(shop, actor, "T1", 150)
    asked(shop, actor, "T1", 900)
    no = DeclineEstimate(number="T1", by="Marta", how=ContactHow.CHAT, then="in_repair")
    shop.estimates.decline(actor, no)
    assert (states(shop, actor), prices(shop, actor)) == (["in_repair"], [100])
    assert asked(shop, actor, "T1", 140).status == S.APPROVED


def test_a_device_that_drops_out_of_the_estimate_has_no_price(shop: Shop, actor: Actor) -> None:
    a_ticket(shop, actor, a_device(), a_device())
    lines = (LineAsked(text="a", unit_minor=100), LineAsked(position=2, text="b", unit_minor=250))
    shop.estimates.ask(actor, AskEstimate(number="T1", lines=lines))
    approved(shop, actor, "T1")
    asked(shop, actor, "T1", 90)
    assert prices(shop, actor) == [90, None]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ({"text": " ", "unit_minor": 1}, "line_text"),
        ({"text": "x", "unit_minor": -1}, "price_invalid"),
        ({"text": "x", "unit_minor": 10**12}, "price_invalid"),
        ({"text": "x", "unit_minor": 10**11, "quantity": 10}, "price_invalid"),
        ({"text": "x", "unit_minor": 1, "quantity": 0}, "quantity_invalid"),
        ({"text": "x", "unit_minor": 1, "quantity": 10_001}, "quantity_invalid"),
        ({"text": "x", "unit_minor": 1, "warranty_days": -1}, "warranty_invalid"),
        ({"text": "x", "unit_minor": 1, "warranty_days": 3651}, "warranty_invalid"),
        ({"text": "x", "unit_minor": 1, "position": 2}, "job_unknown"),
        ({"text": "x", "unit_minor": 1, "item_id": 9}, "item_unknown"),
    ],
)
def test_a_wrong_line_is_refused(sqlite_shop: Shop, line: dict[str, object], code: str) -> None:
    actor = sqlite_shop.actor("Till 1")
    a_ticket(sqlite_shop, actor)
    command = AskEstimate(number="T1", lines=(LineAsked(**line),))  # type: ignore[arg-type]
    assert refused_code(lambda: sqlite_shop.estimates.ask(actor, command)) == code
    assert states(sqlite_shop, actor) == ["received"]


def test_answers_need_a_question_a_person_and_a_fitting_limit(shop: Shop, actor: Actor) -> None:
    a_ticket(shop, actor)
    assert refused_code(lambda: approved(shop, actor, "T1")) == "estimate_none"
    asked(shop, actor, "T1", 100)
    assert refused_code(lambda: approved(shop, actor, "T1", 99)) == "limit_low"
    assert refused_code(lambda: approved(shop, actor, "T1", -1)) == "price_invalid"
    nobody = ApproveEstimate(number="T1", by=" ", how=ContactHow.EMAIL)
    assert refused_code(lambda: shop.estimates.approve(actor, nobody)) == "answerer_missing"
    approved(shop, actor, "T1")
    assert refused_code(lambda: approved(shop, actor, "T1")) == "estimate_none"
    empty = AskEstimate(number="T1", lines=())
    assert refused_code(lambda: shop.estimates.ask(actor, empty)) == "lines_count"


def test_a_version_that_came_meanwhile_is_not_answered_unseen(shop: Shop, actor: Actor) -> None:
    a_ticket(shop, actor)
    seen = asked(shop, actor, "T1", 100).version
    asked(shop, Actor(actor.business, "Till 2"), "T1", 900)
    yes = ApproveEstimate(number="T1", by="Marta", how=ContactHow.PHONE, seen_version=seen)
    assert refused_code(lambda: shop.estimates.approve(actor, yes)) == "changed_elsewhere"
    again = AskEstimate(number="T1", lines=(LineAsked(text="x", unit_minor=1),), seen_version=seen)
    assert refused_code(lambda: shop.estimates.ask(actor, again)) == "changed_elsewhere"


def test_a_closed_ticket_takes_no_estimate(shop: Shop, actor: Actor) -> None:
    a_ticket(shop, actor)
    moved(shop, actor, "T1", "ready")
    handed_back(shop, actor, "T1")
    assert refused_code(lambda: asked(shop, actor, "T1", 1)) == "ticket_closed"


def test_a_yes_asks_for_a_deposit_as_the_shop_set_it(shop: Shop, actor: Actor) -> None:
    deposits = []
    for percent in (20, 0, 33, 100):
        shop.ticket_states.set_settings(actor, RepairSettings(deposit_percent=percent))
        number = a_ticket(shop, actor).number
        asked(shop, actor, number, 9999)
        deposits.append(approved(shop, actor, number).deposit_minor)
    assert deposits == [2000, 0, 3300, 9999]


# -- what was approved binds -------------------------------------------------------------------------------
def priced(shop: Shop, actor: Actor, price: int | None, position: int = 1) -> None:
    shop.tickets.edit_job(actor, EditJob(number="T1", position=position, price_minor=price))


def test_no_price_of_a_device_goes_beyond_what_was_approved(shop: Shop, actor: Actor) -> None:
    a_ticket(shop, actor, a_device(), a_device(), a_device())
    lines = (LineAsked(text="a", unit_minor=10_000), LineAsked(position=2, text="b", unit_minor=2_000))
    shop.estimates.ask(actor, AskEstimate(number="T1", lines=lines))
    approved(shop, actor, "T1", 13_400)
    with pytest.raises(DomainError) as refused:
        priced(shop, actor, 99_900)
    assert (refused.value.code, refused.value.field) == ("limit_exceeded", "price")
    assert "134" in refused.value.sentence
    assert refused_code(lambda: priced(shop, actor, 11_401)) == "limit_exceeded"  # with the other device
    assert refused_code(lambda: priced(shop, actor, 1, position=3)) == "limit_exceeded"
    more = a_device(price_minor=1)
    assert refused_code(lambda: shop.tickets.add_device(actor, "T1", more)) == "limit_exceeded"
    assert prices(shop, actor) == [10_000, 2_000, None]
    priced(shop, actor, 11_400)
    priced(shop, actor, 9_000)
    shop.tickets.add_device(actor, "T1", a_device())
    assert prices(shop, actor) == [9_000, 2_000, None, None]


def test_a_price_that_is_asked_for_is_not_entered_beside_the_question(shop: Shop, actor: Actor) -> None:
    a_ticket(shop, actor, a_device(), a_device())
    asked(shop, actor, "T1", 100)
    assert refused_code(lambda: priced(shop, actor, 99_900)) == "estimate_waits"
    priced(shop, actor, 50, position=2)
    assert prices(shop, actor) == [None, 50]


@pytest.mark.parametrize("state", ["in_repair", "ready"])
@pytest.mark.parametrize("is_newer", [False, True])
def test_nothing_is_repaired_while_the_customer_is_asked(
    sqlite_shop: Shop, state: str, *, is_newer: bool
) -> None:
    shop, actor = sqlite_shop, sqlite_shop.actor("Till 1")
    a_ticket(shop, actor)
    if is_newer:
        asked(shop, actor, "T1", 100)
        approved(shop, actor, "T1")
    asked(shop, actor, "T1", 200)
    for move in (shop.tickets.move, shop.tickets.move_back):
        command = MoveJob(number="T1", to=state, reason="go on")
        assert refused_code(partial(move, actor, command)) == "estimate_waits"
    assert states(shop, actor) == ["needs_approval"]
    moved(shop, actor, "T1", "waiting_parts", "diagnosing")
    approved(shop, actor, "T1")
    moved(shop, actor, "T1", state)


def test_a_repaired_device_stays_until_a_newer_version_is_answered(shop: Shop, actor: Actor) -> None:
    a_ticket(shop, actor)
    moved(shop, actor, "T1", "ready")
    asked(shop, actor, "T1", 200)
    assert refused_code(lambda: handed_back(shop, actor, "T1")) == "estimate_waits"
    shop.estimates.decline(actor, DeclineEstimate(number="T1", by="Marta", how=ContactHow.PHONE))
    handed_back(shop, actor, "T1")


def test_a_closed_ticket_takes_no_answer(shop: Shop, actor: Actor) -> None:
    a_ticket(shop, actor)
    asked(shop, actor, "T1", 100)
    moved(shop, actor, "T1", "cancelled")
    handed_back(shop, actor, "T1", outcome=Outcome.REFUSED)
    assert refused_code(lambda: approved(shop, actor, "T1")) == "ticket_closed"
    no = DeclineEstimate(number="T1", by="Marta", how=ContactHow.SMS)
    assert refused_code(lambda: shop.estimates.decline(actor, no)) == "ticket_closed"


def test_a_device_is_taken_in_at_its_lines_or_at_a_price(shop: Shop, actor: Actor) -> None:
    marta = a_customer(shop, actor)
    line = LineAsked(text="Display", unit_minor=14900)
    both = TakeIn(customer_id=marta.id, devices=(a_device(price_minor=99_900),), estimate=(line,))
    assert refused_code(lambda: shop.tickets.take_in(actor, both)) == "price_twice"


# -- the lines and their parts -----------------------------------------------------------------------------
def test_a_line_says_what_became_of_its_part(shop: Shop, actor: Actor) -> None:
    a_ticket(shop, actor)
    item = an_item(shop, actor, 1)
    lines = (
        LineAsked(text="Display", quantity=2, unit_minor=4000, item_id=item.id),
        LineAsked(text="Work", unit_minor=2000),
    )

    def sight() -> list[tuple[str, int]]:
        return [(one.state.value, one.missing) for one in shop.estimates.lines(actor, "T1").lines]

    shop.estimates.ask(actor, AskEstimate(number="T1", lines=lines))
    assert sight() == [("waiting", 2), ("work", 0)]
    approved(shop, actor, "T1", 12_000)
    assert sight() == [("waiting", 1), ("work", 0)]  # the one that was there is set aside
    shop.items.move(actor, MoveStock(item_id=item.id, kind=MoveKind.RECEIVED, quantity=2))
    shop.parts.reserve(actor, "T1", item.id)
    assert sight()[0] == ("reserved", 0)
    for part in shop.parts.of_ticket(actor, "T1"):
        shop.parts.use(actor, part.id)
    assert sight()[0] == ("used", 0)
    shop.parts.use_now(actor, "T1", item.id)
    found = shop.estimates.lines(actor, "T1")
    assert [(one.quantity, one.state) for one in found.beside] == [(1, "used")]
    assert (found.total_minor, found.limit_minor) == (10_000, 12_000)


def test_words_on_a_ticket_mean_what_the_shop_offers(shop: Shop, actor: Actor) -> None:
    a_ticket(shop, actor)
    item = an_item(shop, actor, 1, price_minor=8000)
    an_item(shop, actor, sku="NONE", name="Unpriced")
    a_price(shop, actor)
    a_price(shop, actor, 5900, fault="Display glass", item_id=item.id)
    a_price(shop, actor, 1, model="iPhone 12", make="Apple", fault="Display glass")

    def meant(words: str) -> list[tuple[str, int | None, bool]]:
        found = shop.estimates.choices(actor, "T1", words)
        return [(one.text, one.unit_minor, one.is_exact) for one in found]

    assert meant("dsp-s22") == [("Display S22", item.price_minor, True)]
    assert meant("12.50 strap") == [("strap", 1250, True)]
    assert meant("displ") == [("Display glass", 5900, False), ("Display S22", item.price_minor, False)]
    assert meant("none") == [("Unpriced", None, True)]
    assert meant("nothing") == meant("") == []


def test_all_that_is_saved_at_once_stays_within_what_was_approved(shop: Shop, actor: Actor) -> None:
    a_ticket(shop, actor)
    asked(shop, actor, "T1", 100)
    approved(shop, actor, "T1")
    both = (EditJob(number="T1", price_minor=99_900, found="x"),)
    refused = refused_code(lambda: shop.tickets.save(actor, SaveTicket(number="T1", jobs=both)))
    assert (refused, shop.tickets.get(actor, "T1").jobs[0].found) == ("limit_exceeded", "")


def test_after_a_no_the_bench_works_by_what_was_approved(shop: Shop, actor: Actor) -> None:
    a_ticket(shop, actor)
    asked(shop, actor, "T1", 100)
    approved(shop, actor, "T1")
    asked(shop, actor, "T1", 900)
    assert shop.estimates.lines(actor, "T1").total_minor == 900
    no = DeclineEstimate(number="T1", by="Marta", how=ContactHow.CHAT, then="in_repair")
    shop.estimates.decline(actor, no)
    assert shop.estimates.lines(actor, "T1").total_minor == 100
