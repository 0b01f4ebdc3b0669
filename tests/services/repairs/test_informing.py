"""What a customer was told: when, how, by whom, and the answer."""

import pytest

from posapp.domain.base.actor import Actor
from posapp.domain.base.errors import DomainError
from posapp.domain.repairs.informing import ContactHow, ContactKind
from posapp.services.desks import Shop
from posapp.services.repairs.informing import Inform
from tests.factories import the_clock
from tests.repairs import a_ticket


def test_each_call_is_noted_with_its_answer(shop: Shop, actor: Actor) -> None:
    a_ticket(shop, actor)
    ann = Actor(actor.business, "Till 1", "Ann")
    line = shop.informing.informed(
        ann, Inform(number="T1", how=ContactHow.PHONE, words="It is ready", answer="comes at five")
    )
    assert (line.kind, line.how, line.by, line.at) == (
        ContactKind.INFORMED,
        ContactHow.PHONE,
        "Ann",
        the_clock(shop).now(),
    )
    shop.informing.informed(actor, Inform(number="T1", how=ContactHow.SMS, words="Again"))
    said = [one for one in shop.tickets.history(actor, "T1") if one.action == "ticket.informed"]
    assert [one.after["words"] for one in said] == ["It is ready", "Again"]
    told = shop.tickets.history(actor, "T1")[-2]
    assert (told.action, told.who, told.after["answer"]) == ("ticket.informed", "Ann", "comes at five")


@pytest.mark.parametrize(("words", "code"), [(" ", "words_missing"), ("x" * 1001, "text_too_long")])
def test_nothing_or_a_novel_is_refused(sqlite_shop: Shop, words: str, code: str) -> None:
    actor = sqlite_shop.actor("Till 1")
    a_ticket(sqlite_shop, actor)
    with pytest.raises(DomainError) as refused:
        sqlite_shop.informing.informed(actor, Inform(number="T1", how=ContactHow.SMS, words=words))
    assert refused.value.code == code
