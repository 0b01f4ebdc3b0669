"""Parts: free stock is what is not reserved; what is used leaves the stock in the same step."""

from collections.abc import Callable
from functools import partial

import pytest

from posapp.domain.base.actor import Actor
from posapp.domain.base.errors import DomainError
from posapp.domain.catalogue.items import MoveKind
from posapp.domain.repairs.parts import PartState
from posapp.domain.repairs.tickets import Outcome
from posapp.services.catalogue.items import SaveItem
from posapp.services.desks import Shop
from posapp.services.repairs.estimates import AskEstimate, LineAsked
from posapp.services.repairs.parts import STEPS
from tests.repairs import a_device, a_ticket, an_item, approved, handed_back, moved

S = PartState


def code_of(call: Callable[[], object]) -> str:
    with pytest.raises(DomainError) as refused:
        call()
    return refused.value.code


def stock(shop: Shop, actor: Actor, item_id: int) -> tuple[int, int, int]:
    item = shop.items.get(actor, item_id)
    return item.stock, item.reserved, item.free


def test_what_is_reserved_is_free_for_nobody_else(shop: Shop, actor: Actor) -> None:
    item = an_item(shop, actor, 3)
    a_ticket(shop, actor)
    a_ticket(shop, actor)
    part = shop.parts.reserve(actor, "T1", item.id, quantity=2)
    assert (part.number, part.sku, part.quantity, part.state) == ("T1", "DSP-S22", 2, S.RESERVED)
    assert stock(shop, actor, item.id) == (3, 2, 1)
    with pytest.raises(DomainError) as refused:
        shop.parts.reserve(actor, "T2", item.id, quantity=2)
    assert refused.value.sentence == "Too few of Display S22: 3 in stock, 2 reserved for T1, 1 free."
    assert code_of(lambda: shop.parts.use_now(actor, "T2", item.id, quantity=2)) == "stock_short"
    assert shop.parts.use_now(actor, "T2", item.id).state == S.USED
    assert stock(shop, actor, item.id) == (2, 2, 0)
    for quantity in (0, -1, 10_001):
        assert (
            code_of(partial(shop.parts.reserve, actor, "T1", item.id, quantity=quantity))
            == "quantity_invalid"
        )


def test_what_is_reserved_cannot_be_archived(shop: Shop, actor: Actor) -> None:
    item = an_item(shop, actor, 3)
    a_ticket(shop, actor)
    part = shop.parts.reserve(actor, "T1", item.id)
    gone = SaveItem(id=item.id, sku=item.sku, name=item.name, is_archived=True)
    assert code_of(lambda: shop.items.save(actor, gone)) == "item_reserved"
    shop.parts.give_back(actor, part.id)
    assert shop.items.save(actor, gone).is_archived


WAYS = {S.RESERVED: (), S.USED: ("use",), S.RETURNED: ("give_back",), S.SCRAPPED: ("scrap",)}


@pytest.mark.parametrize("before", list(PartState))
@pytest.mark.parametrize("after", [S.USED, S.RETURNED, S.SCRAPPED])
def test_every_step_of_a_part_moves_the_stock_or_is_refused(
    shop: Shop, actor: Actor, before: PartState, after: PartState
) -> None:
    item = an_item(shop, actor, 5)
    a_ticket(shop, actor)
    part = shop.parts.reserve(actor, "T1", item.id, quantity=2)

    def step(to: PartState) -> object:
        if to == S.USED:
            return shop.parts.use(actor, part.id)
        if to == S.RETURNED:
            return shop.parts.give_back(actor, part.id)
        return shop.parts.scrap(actor, part.id, "broken")

    if before != S.RESERVED:
        step(before)
    had = stock(shop, actor, item.id)[0]
    if (before, after) not in STEPS:
        assert code_of(lambda: step(after)) == "part_step"
        assert stock(shop, actor, item.id)[0] == had
    else:
        step(after)
        kind = STEPS[before, after]
        now = had if kind is None else had + 2 if kind is MoveKind.RETURNED else had - 2
        assert stock(shop, actor, item.id) == (now, 0, now)
        last = shop.items.moves(actor, item.id)[0]
        assert kind is None or (last.kind, last.quantity, last.number) == (kind, now - had, "T1")
        assert shop.tickets.history(actor, "T1")[-1].action == f"part.{after.value}"


def test_some_of_the_pieces_can_be_used(shop: Shop, actor: Actor) -> None:
    item = an_item(shop, actor, 5)
    a_ticket(shop, actor)
    part = shop.parts.reserve(actor, "T1", item.id, quantity=3)
    used = shop.parts.use(actor, part.id, quantity=1)
    assert (used.quantity, used.state) == (1, S.USED)
    assert [(one.quantity, one.state) for one in shop.parts.of_ticket(actor, "T1")] == [
        (2, S.RESERVED),
        (1, S.USED),
    ]
    assert stock(shop, actor, item.id) == (4, 2, 2)
    assert code_of(lambda: shop.parts.use(actor, part.id, quantity=3)) == "quantity_invalid"
    assert code_of(lambda: shop.parts.scrap(actor, part.id, " ")) == "reason_missing"
    assert code_of(lambda: shop.parts.use(actor, 99)) == "part_unknown"


def test_a_cancelled_device_gives_its_reserved_parts_back(shop: Shop, actor: Actor) -> None:
    item = an_item(shop, actor, 5)
    a_ticket(shop, actor)
    shop.parts.reserve(actor, "T1", item.id, quantity=2)
    shop.parts.use_now(actor, "T1", item.id)
    moved(shop, actor, "T1", "cancelled")
    assert stock(shop, actor, item.id) == (4, 0, 4)
    assert [one.state for one in shop.parts.of_ticket(actor, "T1")] == [S.RETURNED, S.USED]


@pytest.mark.parametrize(
    ("outcome", "left"), [(Outcome.REPAIRED, (3, 0, 3)), (Outcome.NOT_REPAIRED, (5, 0, 5))]
)
def test_a_hand_back_leaves_nothing_reserved(
    shop: Shop, actor: Actor, outcome: Outcome, left: tuple[int, int, int]
) -> None:
    item = an_item(shop, actor, 5)
    a_ticket(shop, actor)
    shop.parts.reserve(actor, "T1", item.id, quantity=2)
    moved(shop, actor, "T1", "ready")
    handed_back(shop, actor, "T1", outcome=outcome)
    assert stock(shop, actor, item.id) == left
    assert code_of(lambda: shop.parts.reserve(actor, "T1", item.id)) == "ticket_closed"


@pytest.mark.parametrize(
    ("devices", "code"), [(1, "ticket_closed"), (2, "device_gone")], ids=["closed", "others are here"]
)
def test_parts_of_a_device_that_left_stay_as_they_were(
    shop: Shop, actor: Actor, devices: int, code: str
) -> None:
    item = an_item(shop, actor, 5)
    a_ticket(shop, actor, *(a_device() for _ in range(devices)))
    part = shop.parts.use_now(actor, "T1", item.id, quantity=2)
    moved(shop, actor, "T1", "ready")
    handed_back(shop, actor, "T1")
    before = shop.parts.of_ticket(actor, "T1")
    assert code_of(lambda: shop.parts.use(actor, part.id)) == code
    assert code_of(lambda: shop.parts.give_back(actor, part.id)) == code
    assert code_of(lambda: shop.parts.scrap(actor, part.id, "Broken")) == code
    assert shop.parts.of_ticket(actor, "T1") == before
    assert stock(shop, actor, item.id) == (3, 0, 3)


def test_a_yes_sets_the_parts_aside_and_a_cancellation_frees_them(shop: Shop, actor: Actor) -> None:
    item = an_item(shop, actor, 2)
    a_ticket(shop, actor)
    line = LineAsked(text="", unit_minor=9000, item_id=item.id)
    shop.estimates.ask(actor, AskEstimate(number="T1", lines=(line,)))
    assert stock(shop, actor, item.id) == (2, 0, 2)
    approved(shop, actor, "T1")
    assert stock(shop, actor, item.id) == (2, 1, 1)
    moved(shop, actor, "T1", "cancelled")
    assert stock(shop, actor, item.id) == (2, 0, 2)
    assert code_of(lambda: shop.parts.reserve(actor, "T1", item.id)) == "repair_cancelled"
    assert code_of(lambda: shop.parts.use_now(actor, "T1", item.id)) == "repair_cancelled"


def test_without_stock_only_what_the_shop_does_not_count_is_used(shop: Shop, actor: Actor) -> None:
    a_ticket(shop, actor)
    counted, free = an_item(shop, actor), an_item(shop, actor, sku="GLUE", name="Glue", keeps_stock=False)
    assert code_of(lambda: shop.parts.use_now(actor, "T1", counted.id)) == "stock_short"
    assert shop.parts.use_now(actor, "T1", free.id, quantity=3).state == S.USED
