"""Two tills at one moment: a merge beside another one, and beside sales and bookings for the same two."""

from functools import partial

from posapp.bootstrap import open_shop
from posapp.domain.base.actor import Actor
from posapp.domain.base.errors import PosappError
from posapp.domain.old_data.merging import Merge
from posapp.services.customers.customers import FindOrCreate
from posapp.services.desks import Shop
from tests.books import check_verified
from tests.factories import a_booking, a_customer, a_phone
from tests.merges import a_pair
from tests.repairs import a_device, a_ticket
from tests.several_tills import at_once

ROUNDS = 5


def _check(place: str) -> None:
    """Verified by the clock of the tills, which is the real one."""
    shop = open_shop(place)
    check_verified(shop)
    shop.close()


def _merge(survivor: int, loser: int, shop: Shop, actor: Actor) -> str:
    try:
        shop.merging.merge(actor, Merge(survivor_id=survivor, loser_id=loser))
    except PosappError as refused:
        return refused.code
    return ""


def test_each_into_the_other_at_once_is_one_merge(place: str, shop: Shop, actor: Actor) -> None:
    a, b = a_pair(shop, actor)
    answers = at_once(place, [partial(_merge, a.id, b.id), partial(_merge, b.id, a.id)])
    assert sorted(answers) == ["", "merged_already"]
    _check(place)


def _serve(key: int, phone: int, shop: Shop, actor: Actor) -> list[str]:
    answers = []
    for turn in range(ROUNDS):
        try:
            found = shop.customers.find_or_create(actor, FindOrCreate(phone=a_phone(phone))).customer
            a_booking(shop, actor, found)
            a_ticket(shop, actor, a_device(serial=f"{actor.till} {turn}"), customer_id=key)
            shop.customers.add_contact(actor, key, f"Person {turn}")
            answers.append("")
        except PosappError as refused:
            answers.append(refused.code)
    return answers


def _merge_and_back(survivor: int, loser: int, shop: Shop, actor: Actor) -> list[str]:
    answers, done = [], None
    for _ in range(ROUNDS):
        try:
            done = done or shop.merging.merge(actor, Merge(survivor_id=survivor, loser_id=loser))
            shop.merging.unmerge(actor, done.id)
            done = None
            answers.append("")
        except PosappError as refused:
            answers.append(refused.code)  # an undo that was refused is tried again in the next round
    return answers


def test_who_is_served_while_they_are_merged_is_served_as_the_survivor_or_refused(
    place: str, shop: Shop, actor: Actor
) -> None:
    survivor, loser = a_customer(shop, actor, "Kept"), a_customer(shop, actor, "Gone", phone=a_phone(1))
    answers = at_once(
        place,
        [*[partial(_serve, loser.id, 1)] * 2, partial(_merge_and_back, survivor.id, loser.id)],
    )
    said = {code for till in answers for code in till}
    assert said <= {"", "database_busy", "taken"}
    assert "" in {code for till in answers[:2] for code in till}
    _check(place)
