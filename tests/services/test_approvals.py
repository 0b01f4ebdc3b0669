"""What a manager lends covers one call of a desk: whole, once, and nothing more."""

from threading import Barrier, Thread

import pytest

from posapp.domain.base.actions import Action
from posapp.domain.base.actor import Actor, Approval, Permission
from posapp.domain.base.errors import DomainError, EnvironmentFault
from posapp.domain.papers.documents import PaperSize
from posapp.services.desks import Shop
from posapp.services.papers.papers import Output
from posapp.services.selling.order_commands import Refund
from posapp.storage import unit_of_work
from posapp.storage.base.journal import lines_about
from tests.factories import a_booking
from tests.sales import a_sale

P = Permission
EVERYTHING = frozenset(P)


def a_clerk(actor: Actor, *lacks: Permission) -> Actor:
    return Actor(actor.business, actor.till, "Niamh", EVERYTHING - set(lacks))


def lent(*permissions: Permission) -> Approval:
    return Approval("Grace", frozenset(permissions) or EVERYTHING)


def approvals(shop: Shop, actor: Actor) -> list[tuple[str | None, str | None]]:
    """Who did what somebody approved, and who did."""
    with shop.store.look(actor) as uow:
        lines = lines_about(uow.connection, actor.business, "shift", 1)
    return [(line.person, line.approved_by) for line in lines if line.approved_by]


def refusal(call: object) -> str:
    with pytest.raises(DomainError) as refused:
        call()  # type: ignore[operator]
    return refused.value.code


def test_it_covers_one_action_and_both_names_are_told(shop: Shop, actor: Actor) -> None:
    shop.shifts.open(actor, 10_000)
    clerk, approval = a_clerk(actor, P.CASH_OUT), lent(P.CASH_OUT)
    assert refusal(lambda: shop.shifts.cash_out(clerk, 500, "Milk")) == "not_allowed"
    approved = clerk.approved(approval)
    shop.shifts.cash_out(approved, 500, "Milk")
    assert approvals(shop, actor) == [("Niamh", "Grace")]
    assert refusal(lambda: shop.shifts.cash_out(approved, 500, "Milk")) == "not_allowed"
    shop.shifts.cash_in(approved, 500, "Found")
    assert approvals(shop, actor) == [("Niamh", "Grace")]


def test_what_needs_no_approval_uses_none_up(shop: Shop, actor: Actor) -> None:
    shop.shifts.open(actor, 10_000)
    approved = a_clerk(actor, P.CASH_OUT).approved(lent(P.CASH_OUT))
    shop.shifts.cash_in(approved, 500, "Found")
    assert approvals(shop, actor) == []
    shop.shifts.cash_out(approved, 500, "Milk")
    assert approvals(shop, actor) == [("Niamh", "Grace")]


def test_a_refusal_for_another_reason_uses_none_up(shop: Shop, actor: Actor) -> None:
    shop.shifts.open(actor, 10_000)
    approval = lent(P.CASH_OUT)
    approved = a_clerk(actor, P.CASH_OUT).approved(approval)
    assert refusal(lambda: shop.shifts.cash_out(approved, 20_000, "Milk")) == "drawer_short"
    assert (approval.is_spent, approval.used) == (False, set())
    shop.shifts.cash_out(approved, 500, "Milk")
    assert approval.is_spent


def test_a_commit_that_fails_uses_none_up(shop: Shop, actor: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    shop.shifts.open(actor, 10_000)
    approval = lent(P.CASH_OUT)
    approved = a_clerk(actor, P.CASH_OUT).approved(approval)

    def full(_connection: object) -> None:
        raise EnvironmentFault("disk_full", "The disk is full.")

    with monkeypatch.context() as broken:
        broken.setattr(unit_of_work, "keep", full)
        with pytest.raises(EnvironmentFault):
            shop.shifts.cash_out(approved, 500, "Milk")
    assert approvals(shop, actor) == []
    shop.shifts.cash_out(approved, 500, "Milk")
    assert approvals(shop, actor) == [("Niamh", "Grace")]


def test_one_pin_covers_all_that_one_action_needs(shop: Shop, actor: Actor) -> None:
    order = a_sale(shop, actor)
    clerk = a_clerk(actor, P.REFUND, P.REFUND_IN_CASH)
    approval = lent(P.REFUND, P.REFUND_IN_CASH)
    shop.refunds.refund(clerk.approved(approval), Refund(number=order.number))
    assert refusal(lambda: shop.refunds.refund(clerk, Refund(number=order.number))) == "not_allowed"


def test_a_manager_lends_only_what_they_may(shop: Shop, actor: Actor) -> None:
    shop.shifts.open(actor, 10_000)
    approved = a_clerk(actor, P.CASH_OUT).approved(lent(P.REFUND))
    assert refusal(lambda: shop.shifts.cash_out(approved, 500, "Milk")) == "not_allowed"


def test_a_call_that_saves_in_several_steps_is_covered_to_its_end(shop: Shop, actor: Actor) -> None:
    number = a_booking(shop, actor).number
    approved = a_clerk(actor, P.PAPER_PRINT).approved(lent(P.PAPER_PRINT))
    line = shop.papers.print(approved, number, Output(paper=PaperSize.ROLL_80, printer="Nowhere"))
    assert line.state == "failed"  # it was queued, begun and settled
    assert refusal(lambda: shop.papers.open_jobs(approved)) == "not_allowed"


def test_the_refusal_tells_a_manager_what_it_is_about(shop: Shop, actor: Actor) -> None:
    order = a_sale(shop, actor)
    clerk = a_clerk(actor, P.CASH_OUT, P.ORDER_VOID)
    with pytest.raises(DomainError) as refused:
        shop.shifts.cash_out(clerk, 500, "Milk")
    assert refused.value.facts == {"permission": P.CASH_OUT, "amount_minor": 500}
    with pytest.raises(DomainError) as refused:
        shop.refunds.void(clerk, order.number, "wrong")
    assert refused.value.facts == {"permission": P.ORDER_VOID, "number": order.number}


def test_of_several_threads_that_use_one_approval_at_once_one_is_let(shop: Shop, actor: Actor) -> None:
    shop.shifts.open(actor, 10_000)
    approved = a_clerk(actor, P.CASH_OUT).approved(lent(P.CASH_OUT))
    ready, said = Barrier(3), list[str]()

    def take() -> None:
        approved.require(P.CASH_OUT)  # each of them was let before any of them commits
        ready.wait()
        try:
            shop.shifts.cash_out(approved, 500, "Milk")
            said.append("done")
        except DomainError as refused:
            said.append(refused.code)

    threads = [Thread(target=take) for _ in range(3)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert said.count("done") == 1 and set(said) <= {"done", "approval_spent", "not_allowed"}
    assert approvals(shop, actor) == [("Niamh", "Grace")]


def test_an_action_that_another_thread_s_commit_overtakes_is_not_done_unseen(
    shop: Shop, actor: Actor
) -> None:
    shop.shifts.open(actor, 10_000)
    approval = lent(P.CASH_OUT, P.CASH_IN)
    approved = a_clerk(actor, P.CASH_OUT, P.CASH_IN).approved(approval)
    approved.require(P.CASH_OUT)
    overtaking = Thread(target=lambda: shop.shifts.cash_in(approved, 500, "Found"))
    overtaking.start()
    overtaking.join()
    with shop.store.work(approved) as uow:
        uow.journal.add(Action.SHIFT_CASH_OUT, "shift", 1)
        assert refusal(uow.commit) == "approval_spent"
