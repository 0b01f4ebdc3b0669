"""A closed ticket is locked: whatever would still write to it is refused until a manager opens it again."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from posapp.domain.base.actor import Actor
from posapp.domain.base.errors import DomainError
from posapp.domain.papers.documents import PaperKind, PaperSize
from posapp.domain.repairs.informing import ContactHow
from posapp.domain.repairs.papers import HandBackPaper
from posapp.services.desks import Shop
from posapp.services.repairs.informing import Inform
from posapp.services.repairs.tickets import EditJob
from posapp.services.repairs.uncollected import Remind
from tests.factories import the_clock
from tests.repairs import a_device, a_signature, a_ticket, changed, handed_back, moved

Write = Callable[[Shop, Actor, int], object]
SAID = Inform(number="T1", how=ContactHow.PHONE, words="It is ready")
WRITES: dict[str, Write] = {
    "photo": lambda shop, actor, _: shop.photos.add(actor, "T1", a_signature(inked=90)),
    "photo off": lambda shop, actor, photo: shop.photos.remove(actor, photo),
    "told": lambda shop, actor, _: shop.informing.informed(actor, SAID),
    "reminded": lambda shop, actor, _: shop.uncollected.remind(
        actor, Remind(number="T1", how=ContactHow.PHONE, words="It is ready")
    ),
    "note": lambda shop, actor, _: changed(shop, actor, "T1", note="later"),
    "promise": lambda shop, actor, _: changed(
        shop, actor, "T1", due=the_clock(shop).now() + timedelta(days=1)
    ),
    "found": lambda shop, actor, _: shop.tickets.edit_job(actor, EditJob(number="T1", found="A crack")),
    "shelf": lambda shop, actor, _: shop.tickets.shelve(actor, ["A1", "T1"]),
    "check": lambda shop, actor, _: shop.tickets.check_quality(actor, "T1", by="Ann"),
    "device": lambda shop, actor, _: shop.tickets.add_device(actor, "T1", a_device()),
}


@pytest.mark.parametrize("what", WRITES)
def test_nothing_is_written_to_a_closed_ticket(shop: Shop, actor: Actor, what: str) -> None:
    a_ticket(shop, actor)
    photo = shop.photos.add(actor, "T1", a_signature()).id
    moved(shop, actor, "T1", "ready")
    closed = handed_back(shop, actor, "T1")
    told = len(shop.tickets.history(actor, "T1"))
    with pytest.raises(DomainError) as refused:
        WRITES[what](shop, actor, photo)
    assert refused.value.code == ("nothing_waits" if what == "reminded" else "ticket_closed")
    assert shop.tickets.get(actor, "T1") == closed
    assert len(shop.tickets.history(actor, "T1")) == told


def test_a_photo_of_a_device_that_left_stays_while_others_are_here(shop: Shop, actor: Actor) -> None:
    a_ticket(shop, actor, a_device(), a_device())
    photo = shop.photos.add(actor, "T1", a_signature()).id
    moved(shop, actor, "T1", "ready")
    handed_back(shop, actor, "T1")
    for write in (WRITES["photo"], WRITES["photo off"]):
        with pytest.raises(DomainError) as refused:
            write(shop, actor, photo)
        assert refused.value.code == "device_gone"
    assert shop.photos.add(actor, "T1", a_signature(), position=2).id != photo


def test_a_closed_ticket_tells_what_was_found_and_its_hand_back_is_printed_again(
    shop: Shop, actor: Actor
) -> None:
    a_ticket(shop, actor)
    shop.tickets.edit_job(actor, EditJob(number="T1", found="Display connector loose"))
    moved(shop, actor, "T1", "ready")
    handed_back(shop, actor, "T1", to="Tom")
    whole = shop.tickets.whole(actor, "T1")
    assert whole.ticket.jobs[0].found == "Display connector loose"
    assert whole.has_hand_back
    paper = shop.papers.preview(actor, "T1", PaperSize.ROLL_80, kind=PaperKind.HAND_BACK).document
    assert isinstance(paper, HandBackPaper)
    assert (paper.taken_by, paper.devices[0].found) == ("Tom", "Display connector loose")
