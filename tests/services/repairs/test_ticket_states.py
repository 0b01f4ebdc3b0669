"""A manager's map of states: whatever is changed, no device gets stuck."""

from collections.abc import Callable
from functools import partial

import pytest

from posapp.domain.base.actor import Actor, Permission
from posapp.domain.base.errors import DomainError
from posapp.domain.repairs.devices import DeviceKind
from posapp.domain.repairs.tickets import Needed, StateGroup
from posapp.services.desks import Shop
from posapp.services.repairs.ticket_states import AddState, EditState, RepairSettings
from posapp.services.repairs.tickets import EditJob, MoveJob
from tests.factories import a_business
from tests.repairs import a_ticket, approved, asked, handed_back, moved


def code_of(call: Callable[[], object]) -> str:
    with pytest.raises(DomainError) as refused:
        call()
    return refused.value.code


def lead(shop: Shop, actor: Actor, code: str, to: list[str]) -> None:
    shop.ticket_states.edit(actor, EditState(code=code, then=tuple(to)))


def next_codes(shop: Shop, actor: Actor, code: str) -> set[str]:
    states = shop.tickets.states(actor)
    return {one.code for one in states.next_of(states.by_code(code))}


def test_a_shops_own_state_is_used_like_any_other(shop: Shop, actor: Actor) -> None:
    command = AddState(
        name="Sent to Zürich", group=StateGroup.WAITING, limit_hours=72, after=("in_repair",), then=("ready",)
    )
    state = shop.ticket_states.add(actor, command)
    assert (state.code, state.group, state.limit_hours, state.position) == (
        "sent_to_zurich",
        StateGroup.WAITING,
        72,
        10,
    )
    a_ticket(shop, actor)
    assert moved(shop, actor, "T1", "in_repair", "sent_to_zurich", "ready").jobs[0].state.code == "ready"
    assert code_of(lambda: shop.ticket_states.add(actor, command)) == "state_exists"
    other = AddState(name="送修", group=StateGroup.WORK, then=("ready",))
    assert shop.ticket_states.add(actor, other).code.isascii()


def test_states_are_renamed_limited_and_put_in_order(shop: Shop, actor: Actor) -> None:
    command = EditState(code="ready", name="To collect", limit_hours=168, position=1)
    state = shop.ticket_states.edit(actor, command)
    assert (state.code, state.name, state.limit_hours, state.position) == ("ready", "To collect", 168, 1)
    order = [one.code for one in shop.tickets.states(actor).states]
    assert order[:3] == ["ready", "received", "diagnosing"]
    assert shop.ticket_states.edit(actor, EditState(code="ready", limit_hours=0)).limit_hours is None
    for wrong, code in (
        (EditState(code="ready", name="received"), "state_exists"),
        (EditState(code="ready", name=" "), "name_missing"),
        (EditState(code="ready", name="x" * 41), "name_too_long"),
        (EditState(code="ready", limit_hours=-1), "hours_invalid"),
    ):
        assert code_of(partial(shop.ticket_states.edit, actor, wrong)) == code
    assert code_of(lambda: shop.ticket_states.edit(actor, EditState(code="magic"))) == "state_unknown"


def test_the_allowed_moves_are_those_a_manager_set(shop: Shop, actor: Actor) -> None:
    lead(shop, actor, "received", ["diagnosing", "cancelled"])
    a_ticket(shop, actor)
    assert code_of(lambda: shop.tickets.move(actor, MoveJob(number="T1", to="ready"))) == "state_move"
    assert next_codes(shop, actor, "received") == {"diagnosing", "cancelled"}
    lead(shop, actor, "received", ["ready", "received"])
    assert next_codes(shop, actor, "received") == {"ready"}


@pytest.mark.parametrize(
    ("code", "to", "refused"),
    [
        ("received", [], "state_stuck"),
        ("ready", [], "state_stuck"),
        ("cancelled", [], "state_stuck"),
        ("ready", ["in_repair"], "state_stuck"),
        ("received", ["ready", "collected"], "state_leaves"),
        ("in_repair", ["ready", "disposed"], "state_leaves"),
        ("received", ["magic"], "state_unknown"),
    ],
)
def test_no_state_is_left_without_a_way_out(
    shop: Shop, actor: Actor, code: str, to: list[str], refused: str
) -> None:
    before = next_codes(shop, actor, code)
    assert code_of(lambda: lead(shop, actor, code, to)) == refused
    assert next_codes(shop, actor, code) == before


def test_what_a_state_is_and_where_it_leads_is_changed_together_or_not_at_all(
    shop: Shop, actor: Actor
) -> None:
    desk = shop.ticket_states
    desk.edit(actor, EditState(code="received", name="Here", then=("ready", "received")))
    assert next_codes(shop, actor, "received") == {"ready"}
    refused = EditState(code="received", name="There", then=())
    assert code_of(lambda: desk.edit(actor, refused)) == "state_stuck"
    double = EditState(code="received", name=desk.map(actor).by_code("ready").name, then=("cancelled",))
    assert code_of(lambda: desk.edit(actor, double)) == "state_exists"
    assert desk.map(actor).by_code("received").name == "Here"
    assert next_codes(shop, actor, "received") == {"ready"}


def test_closed_states_may_lead_nowhere(shop: Shop, actor: Actor) -> None:
    lead(shop, actor, "collected", [])
    a_ticket(shop, actor)
    moved(shop, actor, "T1", "ready")
    handed_back(shop, actor, "T1")
    again = MoveJob(number="T1", to="in_repair", reason="x")
    assert code_of(lambda: shop.tickets.move(actor, again)) == "state_move"


def test_a_state_in_use_or_needed_is_not_archived(shop: Shop, actor: Actor) -> None:
    a_ticket(shop, actor)
    moved(shop, actor, "T1", "diagnosing")
    assert code_of(lambda: shop.ticket_states.archive(actor, "diagnosing")) == "state_used"
    for code in ("received", "ready", "collected", "disposed", "cancelled"):
        assert code_of(partial(shop.ticket_states.archive, actor, code)) == "state_fixed"
    moved(shop, actor, "T1", "in_repair")
    assert shop.ticket_states.archive(actor, "diagnosing").is_archived
    assert "diagnosing" not in next_codes(shop, actor, "received")
    back = shop.ticket_states.bring_back(actor, "diagnosing", after=("received",), then=("in_repair",))
    assert not back.is_archived
    assert "diagnosing" in next_codes(shop, actor, "received")


def test_an_archive_that_would_strand_another_state_is_refused(shop: Shop, actor: Actor) -> None:
    lead(shop, actor, "received", ["diagnosing"])
    assert code_of(lambda: shop.ticket_states.archive(actor, "diagnosing")) == "state_stuck"
    assert next_codes(shop, actor, "received") == {"diagnosing"}


def test_closed_states_cannot_be_added(shop: Shop, actor: Actor) -> None:
    command = AddState(name="Gone", group=StateGroup.CLOSED)
    assert code_of(lambda: shop.ticket_states.add(actor, command)) == "group_closed"
    stuck = AddState(name="Limbo", group=StateGroup.WORK)
    assert code_of(lambda: shop.ticket_states.add(actor, stuck)) == "state_stuck"


def test_checklists_are_the_shops_own(shop: Shop, actor: Actor) -> None:
    lines = ["Hinge", " Screen ", "Hinge", ""]
    assert shop.ticket_states.set_checklist(actor, DeviceKind.LAPTOP, lines) == ["Hinge", "Screen"]
    assert shop.ticket_states.checklist(actor, DeviceKind.LAPTOP) == ["Hinge", "Screen"]
    other = a_business(shop, name="Next door")
    assert "Keyboard" in shop.ticket_states.checklist(other, DeviceKind.LAPTOP)
    many = [str(number) for number in range(41)]
    assert code_of(lambda: shop.ticket_states.set_checklist(actor, DeviceKind.LAPTOP, many)) == "lines_count"


def test_settings_are_kept_and_checked(shop: Shop, actor: Actor) -> None:
    usual = shop.ticket_states.settings(actor)
    assert (usual.passcode_days, usual.reminder_days, usual.quality_check) == (14, (7, 14, 30, 60), False)
    wanted = RepairSettings(
        passcode_days=0, reminder_days=(), storage_fee_minor=100, quality_check=True, claim_terms="Two\nlines"
    )
    assert shop.ticket_states.set_settings(actor, wanted) == wanted
    assert shop.ticket_states.settings(actor) == wanted
    for wrong, code in (
        (RepairSettings(passcode_days=-1), "days_invalid"),
        (RepairSettings(untouched_hours=0), "hours_invalid"),
        (RepairSettings(reminder_days=(14, 7)), "reminders_invalid"),
        (RepairSettings(reminder_days=(0,)), "reminders_invalid"),
        (RepairSettings(storage_fee_minor=-1), "price_invalid"),
        (RepairSettings(claim_terms="x" * 4001), "text_too_long"),
        (RepairSettings(deposit_percent=101), "percent_invalid"),
    ):
        assert code_of(partial(shop.ticket_states.set_settings, actor, wrong)) == code
    assert shop.ticket_states.settings(actor) == wanted


def test_only_who_may_change_the_shop_changes_the_map(shop: Shop, actor: Actor) -> None:
    clerk = Actor(actor.business, "Till 1", "Ann", frozenset(Permission) - {Permission.SHOP_WRITE})
    desk = shop.ticket_states
    for call in (
        lambda: desk.archive(clerk, "diagnosing"),
        lambda: desk.edit(clerk, EditState(code="ready")),
        lambda: desk.add(clerk, AddState(name="x", group=StateGroup.WORK)),
        lambda: desk.set_settings(clerk, RepairSettings()),
        lambda: desk.set_checklist(clerk, DeviceKind.PHONE, []),
    ):
        assert code_of(call) == "not_allowed"


# -- what a step wants ------------------------------------------------------------------------------------
def test_a_state_asks_for_what_the_shop_wants_to_know_first(shop: Shop, actor: Actor) -> None:
    a_ticket(shop, actor)
    needs = frozenset({Needed.FOUND, Needed.PRICE, Needed.SHELF})
    shop.ticket_states.edit(actor, EditState(code="ready", needs=needs))
    with pytest.raises(DomainError) as refused:
        moved(shop, actor, "T1", "ready")
    assert (refused.value.code, refused.value.field) == ("state_needs", "found")
    assert refused.value.sentence == "Before T1 is ready, enter what was found, the price and the shelf."
    shop.tickets.edit_job(actor, EditJob(number="T1", found="Display", price_minor=0))
    with pytest.raises(DomainError) as refused:
        moved(shop, actor, "T1", "ready")
    assert (refused.value.field, refused.value.sentence) == ("shelf", "Before T1 is ready, enter the shelf.")
    shop.tickets.shelve(actor, ["A1", "T1"])
    assert moved(shop, actor, "T1", "ready").jobs[0].state.needs == needs
    shop.ticket_states.edit(actor, EditState(code="ready", needs=frozenset()))
    assert not shop.tickets.states(actor).by_code("ready").needs


def test_a_device_is_handed_back_only_with_what_collected_asks_for(shop: Shop, actor: Actor) -> None:
    a_ticket(shop, actor)
    moved(shop, actor, "T1", "ready")
    shop.ticket_states.edit(actor, EditState(code="collected", needs=frozenset({Needed.PRICE})))
    with pytest.raises(DomainError) as refused:
        handed_back(shop, actor, "T1")
    assert refused.value.code == "state_needs"
    assert shop.tickets.get(actor, "T1").jobs[0].handed_at is None
    shop.tickets.edit_job(actor, EditJob(number="T1", price_minor=4900))
    assert handed_back(shop, actor, "T1").jobs[0].state.code == "collected"


def test_an_approved_estimate_waits_where_something_is_missing(shop: Shop, actor: Actor) -> None:
    a_ticket(shop, actor)
    shop.ticket_states.edit(actor, EditState(code="in_repair", needs=frozenset({Needed.TECHNICIAN})))
    asked(shop, actor, "T1", 9900)
    approved(shop, actor, "T1")
    job = shop.tickets.get(actor, "T1").jobs[0]
    assert (job.state.code, job.price_minor) == ("needs_approval", 9900)


@pytest.mark.parametrize("code", ["received", "cancelled"])
def test_where_devices_begin_or_end_unrepaired_nothing_is_asked(shop: Shop, actor: Actor, code: str) -> None:
    with pytest.raises(DomainError) as refused:
        shop.ticket_states.edit(actor, EditState(code=code, needs=frozenset({Needed.PRICE})))
    assert refused.value.code == "needs_early"


def test_reserved_steps_are_taken_by_those_who_may(shop: Shop, actor: Actor) -> None:
    shop.ticket_states.edit(actor, EditState(code="cancelled", is_reserved=True))
    a_ticket(shop, actor)
    clerk = Actor(actor.business, "Till 1", "Ann", frozenset(Permission) - {Permission.TICKET_RESERVED})
    with pytest.raises(DomainError) as refused:
        moved(shop, clerk, "T1", "cancelled")
    assert refused.value.code == "not_allowed"
    assert moved(shop, clerk, "T1", "ready").jobs[0].state.code == "ready"
    moved(shop, actor, "T1", "in_repair")
    assert moved(shop, actor, "T1", "cancelled").jobs[0].state.code == "cancelled"
