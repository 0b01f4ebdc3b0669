"""A technician's afternoon: twelve devices, parts, prices above what was agreed, a claim and a loaner."""

from collections import Counter

import pytest

from posapp.domain.catalogue.items import Item
from posapp.domain.repairs.estimates import EstimateStatus
from posapp.services.care.verify import verify
from posapp.services.desks import Shop
from posapp.services.repairs.loaners import SaveLoaner
from tests.conftest import PrintQueue
from tests.factories import TILL, a_customer, a_phone
from tests.flows.clerk import until
from tests.flows.conftest import OpenTill
from tests.flows.hands import HANDS, Hand, told
from tests.repairs import a_device, a_ticket, an_item, approved, asked, handed_back, moved

CLAIM_AND_LABEL = 2
FIELD = "Part, service or price"
DEVICES = 12


class Afternoon:
    """The tasks, each said once for both hands."""

    def __init__(self, hand: Hand) -> None:
        self.hand = hand

    def _open(self, number: str) -> None:
        hand = self.hand
        hand.do("Tickets", "F4")
        hand.do("Search everything", "ctrl+K")
        hand.type(number)
        hand.take(f"{number} ", "Return")

    def repair(self, number: str) -> None:
        """A device that costs nothing: looked at, repaired, ready."""
        with self.hand.task("repair a device"):
            self._open(number)
            self.hand.do("In repair", "5")
            self.hand.do("Ready", "6")

    def lend(self, number: str) -> None:
        """The customer has another one until then."""
        with self.hand.task("give out a loaner"):
            self._open(number)
            self.hand.do("Give it out")

    def raise_price(self, number: str, words: str) -> None:
        """More than the customer agreed to: asked again, and said yes to."""
        hand = self.hand
        with hand.task("ask above the limit, note the yes"):
            self._open(number)
            self._write(words)
            hand.do("Save", "ctrl+Return")
            hand.do("Note the answer")
            hand.do("Approved", "alt+Y")

    def _write(self, words: str) -> None:
        self.hand.go(FIELD, "ctrl+L")
        self.hand.type(words)
        self.hand.keys("Return")

    def finish(self, number: str) -> None:
        """It is done."""
        with self.hand.task("say that a device is ready"):
            self._open(number)
            self.hand.do("Ready", "6")

    def use_part(self, number: str, words: str) -> None:
        """A part is written down, agreed to, and goes in."""
        hand = self.hand
        with hand.task("write down a part, note the yes, use it"):
            self._open(number)
            self._write(words)
            hand.do("Save", "ctrl+Return")
            hand.do("Note the answer")
            hand.do("Approved", "alt+Y")
            self._open(number)
            hand.do("Use part", "ctrl+L", "Down", "U")
            hand.do("Ready", "alt+6")

    def claim(self, number: int, name: str, serial: str, what: str) -> None:
        """A repair under warranty comes back."""
        hand = self.hand
        with hand.task("take in of a claim"):
            hand.do("Desk", "F2")
            hand.fill("Phone number, name or PL number", f"085{1_000_000 + number}")
            hand.take(name, "Return")
            hand.do("New ticket", "ctrl+T")
            hand.do(f"Samsung Galaxy S22 {serial} again")
            hand.fill("What is wrong", "Again")
            hand.tick(f"Warranty claim: {what}")
            hand.do("Check in", "ctrl+Return")


def before_noon(shop: Shop) -> Item:
    """T1 was handed back with a warranty; T2 to T12 wait, two of them with a price that was agreed."""
    actor = shop.actor(TILL)
    item = an_item(shop, actor, 9, price_minor=12_000)
    shop.loaners.save(actor, SaveLoaner(name="Loan 1"))
    for at in range(1, DEVICES + 1):
        owner = a_customer(shop, actor, f"Owner {at}", phone=a_phone(at))
        a_ticket(shop, actor, a_device(serial=f"SERIAL{at}"), customer_id=owner.id)
    asked(shop, actor, "T1", 5000, warranty_days=90)
    approved(shop, actor, "T1")
    moved(shop, actor, "T1", "ready")
    handed_back(shop, actor, "T1", to="Owner 1")
    for number in ABOVE:
        asked(shop, actor, number, 5000)
        approved(shop, actor, number, 6000)
    return item


PLAIN, PARTS, ABOVE = [f"T{at}" for at in range(2, 9)], ["T9", "T10"], ["T11", "T12"]


@pytest.mark.timeout(180)
@pytest.mark.parametrize("kind", HANDS)
def test_an_afternoon(kind: type[Hand], behind: Shop, open_till: OpenTill, print_queue: PrintQueue) -> None:
    item = before_noon(behind)
    before = set(print_queue.folder.iterdir())
    clerk = open_till(slip_output="print", receipt_printer="PDF", a4_printer="PDF", label_printer="PDF")
    hand = kind(clerk)
    afternoon = Afternoon(hand)
    afternoon.lend(PLAIN[0])
    for number in PLAIN:
        afternoon.repair(number)
    for number in PARTS:
        afternoon.use_part(number, item.sku)
    for number in ABOVE:
        afternoon.raise_price(number, "49 frame")
    for number in ABOVE:
        afternoon.finish(number)
    afternoon.claim(1, "Owner 1", "SERIAL1", "Line 5000")
    afternoon.repair("T13")
    told(hand)
    actor = behind.actor(TILL)
    # twelve devices are ready, and the one that came back stands for the repair of before
    tickets = [behind.tickets.whole(actor, f"T{at}") for at in range(1, DEVICES + 2)]
    states = Counter(one.ticket.jobs[0].state.code for one in tickets)
    assert states == {"collected": 1, "ready": DEVICES}
    assert tickets[-1].guarantees.claims[1].warranty.number == "T1"
    assert tickets[-1].ticket.customer_id == tickets[0].ticket.customer_id
    # two parts went in, two prices were agreed to anew, each up to what is asked
    assert behind.items.get(actor, item.id).stock == 9 - len(PARTS)
    of_number = {one.ticket.number: one for one in tickets}
    for number, most in (*((one, 12_000) for one in PARTS), *((one, 9900) for one in ABOVE)):
        [holding] = [one for one in of_number[number].estimates if one.status == EstimateStatus.APPROVED]
        assert (holding.total_minor, holding.limit_minor) == (most, most)
    # one loaner is out, nothing else
    assert {number: len(one.out) for number, one in of_number.items() if one.out} == {PLAIN[0]: 1}
    assert [one.rule for one in verify(behind.store) if not one.is_kept] == []
    until(lambda: len(set(print_queue.folder.iterdir()) - before) >= CLAIM_AND_LABEL)
    assert len(set(print_queue.folder.iterdir()) - before) == CLAIM_AND_LABEL
