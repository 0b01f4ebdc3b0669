"""Forgetting a person: what goes, what stays, and that no byte of it is left."""

from pathlib import Path

from posapp.domain.base.actor import Actor
from posapp.services.care.privacy import Erase
from posapp.services.care.verify import verify
from posapp.services.desks import Shop
from posapp.storage.care.scrub import scrub
from tests.persons import PERSONAL, a_known_person, letters_of, places_of, without_tax_papers

WHY = "asked for it by letter"


def broken(shop: Shop) -> dict[str, tuple[str, ...]]:
    return {one.rule: one.examples for one in verify(shop.store) if not one.is_kept}


def test_nothing_tells_of_somebody_who_is_forgotten_but_tax_papers(
    shop: Shop, actor: Actor, tmp_path: Path
) -> None:
    customer = a_known_person(shop, actor, tmp_path)
    assert broken(shop) == {}
    plan = shop.privacy.plan(actor, customer.id)
    assert plan.blocked == ()
    done = shop.privacy.erase(actor, Erase(customer_id=customer.id, reason=WHY, seen_version=plan.version))
    assert (done.goes, done.stays, done.is_scrubbed) == (plan.goes, plan.stays, True)
    assert places_of(shop) == {"document.snapshot sale_receipt", "document.snapshot invoice"}
    assert broken(shop) == {}
    known = shop.customers.card(actor, customer.id).customer
    assert (known.pl_id, known.name, known.phones, known.contacts) == (customer.pl_id, "", (), ())
    assert known.shown_name("IE") == f"Anonymised {customer.pl_id}"
    assert known.aliases == ("pl9001",)


def test_no_byte_is_left_in_the_files_of_the_database(sqlite_shop: Shop, tmp_path: Path) -> None:
    shop = sqlite_shop
    actor = shop.actor("Till 1")
    customer = a_known_person(shop, actor, tmp_path)
    assert b"quillfeather" in letters_of(shop)
    shop.privacy.erase(actor, Erase(customer_id=customer.id, reason=WHY))
    without_tax_papers(shop)
    assert scrub(shop.store.database)
    left = letters_of(shop)
    assert [word for word in PERSONAL if word.encode() in left] == []
