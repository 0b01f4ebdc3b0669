"""posapp verify on repairs: quiet where all is well, and each kind of damage is named by its rule."""

import pytest
from sqlalchemy import text

from posapp.domain.actor import Actor
from posapp.services.shop import Shop
from posapp.services.verify import verify
from tests.repairs import busy_bench


@pytest.fixture
def busy(shop: Shop, actor: Actor) -> Shop:
    busy_bench(shop, actor)
    return shop


def broken(shop: Shop) -> dict[str, tuple[str, ...]]:
    return {result.rule: result.examples for result in verify(shop.store) if not result.is_kept}


def test_a_busy_bench_keeps_every_rule(busy: Shop) -> None:
    assert broken(busy) == {}


HERE = "DROP INDEX uq_job_device_here"
DAMAGE: dict[str, tuple[str, list[str]]] = {
    "a number that is missing": ("ticket_numbers", ["UPDATE counter SET last = 99 WHERE name = 'T'"]),
    "a number above the counter": ("ticket_numbers", ["UPDATE counter SET last = 1 WHERE name = 'T'"]),
    "a number that stands twice": (
        "ticket_numbers",
        ["DROP INDEX uq_ticket_number", "UPDATE ticket SET number = 1 WHERE number = 2"],
    ),
    "a person of another customer": (
        "tickets",
        [
            "INSERT INTO contact (id, business_id, customer_id, name, email, note, created_at, created_by, "
            "updated_at, updated_by) VALUES (77, 1, 2, 'x', '', '', 1, 'x', 1, 'x')",
            "UPDATE ticket SET contact_id = 77 WHERE customer_id = 1",
        ],
    ),
    "gone but said to be here": (
        "here",
        [HERE, "UPDATE job SET is_here = true WHERE handed_at IS NOT NULL"],
    ),
    "here but said to be gone": ("here", ["UPDATE job SET is_here = false"]),
    "a hand-back without its state": ("here", ["UPDATE job SET handed_at = NULL"]),
    "a hand-back without its outcome": ("here", ["UPDATE job SET outcome = NULL"]),
    "one device twice here": ("here", [HERE, "UPDATE job SET device_id = 1"]),
    "a total that is not the sum": (
        "estimates",
        ["UPDATE estimate SET total_minor = total_minor - 1"],
    ),
    "a line on another ticket": (
        "estimates",
        ["UPDATE estimate_line SET job_id = (SELECT max(id) FROM job)"],
    ),
    "two versions that hold": ("estimates", ["UPDATE estimate SET status = 'approved'"]),
    "a version that is missing": (
        "estimates",
        ["UPDATE estimate SET version = version + 1 WHERE version = 3"],
    ),
    "a warranty on another device": ("warranties", ["UPDATE warranty SET device_id = 2"]),
    "a loaner out twice": (
        "loaners",
        [
            "DROP INDEX uq_loan_out",
            "UPDATE loan SET back_at = NULL",
            "INSERT INTO loan (business_id, loaner_id, ticket_id, out_at, out_by, note) "
            "VALUES (1, 1, 1, 1, 'x', '')",
        ],
    ),
    "more reserved than there is": ("parts", ["UPDATE part_use SET quantity = 50 WHERE state = 'reserved'"]),
    "reserved for what has left": ("parts", ["UPDATE part_use SET state = 'reserved', quantity = 1"]),
    "a stock that nobody changed": ("stock", ["UPDATE item SET stock = stock + 1"]),
    "a passcode in clear text": (
        "passcodes",
        ["UPDATE job SET passcode = CAST('1234' AS {blob}) WHERE passcode IS NOT NULL"],
    ),
    "a long passcode in clear text": (
        "passcodes",
        ["UPDATE job SET passcode = CAST('{long}' AS {blob}) WHERE passcode IS NOT NULL"],
    ),
    "a photo that was changed": ("photos", ["UPDATE photo SET jpeg = CAST('x' AS {blob})"]),
    "a ticket that is lost": (
        "journalled",
        ["UPDATE ticket SET number = 77 WHERE number = 4"],
    ),
}


@pytest.mark.parametrize(("rule", "statements"), DAMAGE.values(), ids=DAMAGE.keys())
def test_damage_is_named_by_its_rule(busy: Shop, actor: Actor, rule: str, statements: list[str]) -> None:
    blob = "BLOB" if busy.store.database.is_sqlite else "BYTEA"
    with busy.store.work(actor) as uow:
        for statement in statements:
            uow.connection.execute(text(statement.format(blob=blob, long="geheim" * 6)))
        uow.commit()
    assert rule in broken(busy)
