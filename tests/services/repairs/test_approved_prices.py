"""What was approved binds what is left of a ticket after some of its devices went."""

import pytest

from posapp.domain.base.actor import Actor
from posapp.domain.base.errors import DomainError
from posapp.domain.repairs.estimates import Estimate
from posapp.domain.repairs.tickets import Outcome
from posapp.services.desks import Shop
from posapp.services.repairs.estimates import AskEstimate, LineAsked
from posapp.services.repairs.tickets import EditJob
from tests.repairs import a_device, a_ticket, approved, asked, handed_back, moved


def one_left(shop: Shop, actor: Actor) -> None:
    """150.00 approved for two devices; the first left for 100.00."""
    a_ticket(shop, actor, a_device(), a_device())
    lines = (
        LineAsked(text="Display", unit_minor=10_000),
        LineAsked(text="Cell", unit_minor=5_000, position=2),
    )
    shop.estimates.ask(actor, AskEstimate(number="T1", lines=lines))
    approved(shop, actor, "T1")
    moved(shop, actor, "T1", "ready")
    handed_back(shop, actor, "T1", positions=(1,))


def of_the_second(shop: Shop, actor: Actor, minor: int) -> Estimate:
    lines = (LineAsked(text="Cell", unit_minor=minor, position=2),)
    return shop.estimates.ask(actor, AskEstimate(number="T1", lines=lines))


def prices(shop: Shop, actor: Actor) -> list[int | None]:
    return [job.price_minor for job in shop.tickets.get(actor, "T1").jobs]


def test_what_left_took_its_part_of_the_limit(shop: Shop, actor: Actor) -> None:
    one_left(shop, actor)
    assert of_the_second(shop, actor, 5_001).status == "asked"
    assert prices(shop, actor) == [10_000, 5_000]


def test_a_device_that_left_keeps_its_price_under_a_newer_version(shop: Shop, actor: Actor) -> None:
    one_left(shop, actor)
    made = of_the_second(shop, actor, 4_000)
    assert (made.status, made.limit_minor) == ("approved", 5_000)
    assert prices(shop, actor) == [10_000, 4_000]
    with pytest.raises(DomainError) as refused:
        shop.tickets.edit_job(actor, EditJob(number="T1", position=2, price_minor=5_001))
    assert refused.value.code == "limit_exceeded"
    of_the_second(shop, actor, 6_000)
    approved(shop, actor, "T1")
    assert prices(shop, actor) == [10_000, 6_000]


def test_a_device_that_left_unanswered_comes_back_for_the_answer(shop: Shop, actor: Actor) -> None:
    a_ticket(shop, actor)
    asked(shop, actor, "T1", 9_000)
    moved(shop, actor, "T1", "cancelled")
    handed_back(shop, actor, "T1", outcome=Outcome.NOT_REPAIRED)
    with pytest.raises(DomainError) as refused:
        moved(shop, actor, "T1", "in_repair")
    assert refused.value.code == "estimate_waits"
    moved(shop, actor, "T1", "ready")
    approved(shop, actor, "T1")
    assert prices(shop, actor) == [9_000]
