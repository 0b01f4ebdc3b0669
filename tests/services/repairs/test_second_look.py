"""Nobody checks their own repair: whoever they are called by now, whatever way they take."""

from dataclasses import replace

import pytest

from posapp.domain.base.actor import Actor, Permission
from posapp.domain.base.errors import DomainError
from posapp.domain.people.users import Role
from posapp.services.desks import Shop
from posapp.services.people.users import SaveUser
from posapp.services.repairs.ticket_states import RepairSettings
from posapp.services.repairs.tickets import EditJob
from tests.factories import a_bench
from tests.people import PIN, an_admin, somebody
from tests.repairs import a_device, a_ticket, an_item, moved


@pytest.fixture(autouse=True)
def _two_pairs_of_eyes(shop: Shop, actor: Actor) -> None:
    shop.ticket_states.set_settings(actor, RepairSettings(quality_check=True))


def refused(shop: Shop, actor: Actor, **values: str) -> str:
    with pytest.raises(DomainError) as error:
        shop.tickets.check_quality(actor, "T1", **values)  # type: ignore[arg-type]
    return error.value.code


def test_without_users_whoever_looks_is_named_and_is_not_the_technician(shop: Shop, actor: Actor) -> None:
    a_ticket(shop, actor, a_device(technician_id=a_bench(shop, actor, "Ravi").id))
    moved(shop, actor, "T1", "in_repair")
    assert refused(shop, actor) == "checker_missing"
    assert refused(shop, actor, by=" ravi ") == "same_person"
    assert shop.tickets.check_quality(actor, "T1", by="Ann").jobs[0].quality_by == "Ann"


def test_whoever_brought_the_device_to_the_bench_last_does_not_check_it(shop: Shop, actor: Actor) -> None:
    admin = an_admin(shop, actor)
    ann, bob = (somebody(shop, admin, Role.TECHNICIAN, name=name) for name in ("Ann", "Bob"))
    a_ticket(shop, admin)
    moved(shop, ann, "T1", "diagnosing")
    moved(shop, bob, "T1", "in_repair")
    assert refused(shop, bob) == "same_person"
    assert refused(shop, ann, by="Bob") == "checker_differs"
    assert shop.tickets.check_quality(ann, "T1").jobs[0].quality_by == "Ann"


def test_whoever_noted_what_was_found_or_took_a_part_does_not_check_it(shop: Shop, actor: Actor) -> None:
    admin = an_admin(shop, actor)
    people = {
        name: somebody(shop, admin, Role.TECHNICIAN, name=name) for name in ("Ann", "Bob", "Cem", "Dee")
    }
    item = an_item(shop, admin, 3)
    a_ticket(shop, admin)
    moved(shop, people["Ann"], "T1", "in_repair")
    shop.tickets.edit_job(people["Bob"], EditJob(number="T1", found="A crack"))
    shop.parts.use_now(people["Cem"], "T1", item.id)
    shop.tickets.edit_job(people["Dee"], EditJob(number="T1", shelf="A1"))
    assert {refused(shop, people[name]) for name in ("Ann", "Bob", "Cem")} == {"same_person"}
    assert shop.tickets.check_quality(people["Dee"], "T1").jobs[0].quality_by == "Dee"


def test_a_new_name_makes_no_second_person(shop: Shop, actor: Actor) -> None:
    admin = an_admin(shop, actor)
    ravi = somebody(shop, admin, Role.TECHNICIAN, name="Ravi")
    a_ticket(shop, admin, a_device(technician_id=a_bench(shop, admin, "Ravi").id))
    moved(shop, ravi, "T1", "in_repair")
    assert ravi.user_id is not None
    shop.users.save(admin, SaveUser(id=ravi.user_id, name="R. Kumar", role=Role.TECHNICIAN))
    assert refused(shop, replace(ravi, user="R. Kumar")) == "same_person"


def test_what_a_manager_lends_makes_no_second_person(shop: Shop, actor: Actor) -> None:
    admin = an_admin(shop, actor)
    ravi = somebody(shop, admin, Role.TECHNICIAN, name="Ravi")
    a_ticket(shop, admin)
    moved(shop, ravi, "T1", "in_repair")
    assert admin.user_id is not None
    lent = shop.sign_in.approve(ravi, admin.user_id, PIN, Permission.TICKET_REOPEN)
    assert refused(shop, ravi.approved(lent)) == "same_person"


def test_who_checked_a_repair_cannot_become_its_technician_unseen(shop: Shop, actor: Actor) -> None:
    ann = a_bench(shop, actor, "Ann")
    a_ticket(shop, actor, a_device(technician_id=a_bench(shop, actor, "Ravi").id))
    moved(shop, actor, "T1", "in_repair")
    shop.tickets.check_quality(actor, "T1", by="Ann")
    changed = shop.tickets.edit_job(actor, EditJob(number="T1", technician_id=ann.id))
    assert changed.jobs[0].quality_by == ""
    with pytest.raises(DomainError) as error:
        moved(shop, actor, "T1", "ready")
    assert error.value.code == "quality_first"
