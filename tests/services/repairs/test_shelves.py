"""Shelves: set up by their code, and their labels, which a scan takes as the shelf."""

from collections.abc import Callable
from pathlib import Path

import pytest

from posapp.domain.base.actor import Actor
from posapp.domain.base.errors import DomainError
from posapp.domain.papers.documents import PaperSize
from posapp.services.care.journal import JournalAsked
from posapp.services.desks import Shop
from tests.factories import a_business
from tests.printing.samples import codes_on, pictures
from tests.repairs import a_device, a_ticket


def code_of(call: Callable[[], object]) -> str:
    with pytest.raises(DomainError) as refused:
        call()
    return refused.value.code


def test_shelves_are_set_up_before_anything_lies_there(shop: Shop, actor: Actor) -> None:
    assert shop.shelves.add(actor, [" b2 ", "A1", "B2"]) == ["B2", "A1"]
    assert shop.shelves.add(actor, ["a1", "C3"]) == ["A1", "C3"]
    assert shop.shelves.all(actor) == ["A1", "B2", "C3"]
    assert shop.settings.all(actor).repairs.shelves == ("A1", "B2", "C3")
    assert shop.tickets.board(actor).shelves == ("A1", "B2", "C3")
    added = [
        line.ref for line in shop.journal.page(actor, JournalAsked()).lines if line.action == "shelf.added"
    ]
    assert sorted(added) == ["A1", "B2", "C3"]
    a_ticket(shop, actor, a_device(shelf="C3"))
    assert shop.shelves.all(actor) == ["A1", "B2", "C3"]
    assert shop.shelves.all(a_business(shop, name="Quay Street Phones")) == []


@pytest.mark.parametrize(
    ("codes", "code"),
    [
        ([], "shelf_missing"),
        ([" "], "shelf_missing"),
        (["A1", "T12"], "shelf_code"),
        (["PL24"], "shelf_code"),
        (["4006381333931"], "shelf_code"),
        (["A" * 21], "shelf_code"),
        ([f"A{n}" for n in range(201)], "codes_many"),
    ],
)
def test_what_is_no_shelf_is_refused_and_none_is_set_up(
    sqlite_shop: Shop, codes: list[str], code: str
) -> None:
    actor = sqlite_shop.actor("Till 1")
    assert code_of(lambda: sqlite_shop.shelves.add(actor, codes)) == code
    assert sqlite_shop.shelves.all(actor) == []


def test_what_a_label_says_to_a_scanner_puts_a_device_on_that_shelf(
    sqlite_shop: Shop, tmp_path: Path
) -> None:
    shop, actor = sqlite_shop, sqlite_shop.actor("Till 1")
    shop.shelves.add(actor, ["BENCH 2", "A1"])
    file, one = tmp_path / "all.pdf", tmp_path / "one.pdf"
    assert shop.shelves.save(actor, [], PaperSize.LABEL_57, file) == 2
    assert shop.shelves.save(actor, ["bench 2"], PaperSize.LABEL_62, one) == 1
    scanned = [text for page in pictures(file.read_bytes()) for _, text in codes_on(page)]
    assert scanned == ["A1", "BENCH 2"]
    assert [text for page in pictures(one.read_bytes()) for _, text in codes_on(page)] == ["BENCH 2"]
    a_ticket(shop, actor)
    assert set(scanned) <= set(shop.tickets.whole(actor, "T1").shelves)
    for code in scanned:
        shop.tickets.shelve(actor, [code, "T1"])
        assert shop.tickets.get(actor, "T1").jobs[0].shelf == code
    assert shop.shelves.all(actor) == scanned


def test_labels_are_those_of_shelves_that_there_are(sqlite_shop: Shop, tmp_path: Path) -> None:
    shop, actor, file = sqlite_shop, sqlite_shop.actor("Till 1"), tmp_path / "labels.pdf"
    assert code_of(lambda: shop.shelves.save(actor, [], PaperSize.LABEL_57, file)) == "shelf_none"
    shop.shelves.add(actor, ["A1"])
    for codes, paper, code in (
        (["A2"], PaperSize.LABEL_57, "shelf_unknown"),
        ([" "], PaperSize.LABEL_57, "shelf_unknown"),
        (["A1"], PaperSize.A4, "paper_size"),
    ):
        assert code_of(lambda c=codes, p=paper: shop.shelves.save(actor, c, p, file)) == code  # type: ignore[misc]
    assert not file.exists()
