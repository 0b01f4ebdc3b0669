"""The preview of a ticket's papers: each kind on the papers that fit it."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from posapp.domain.papers.documents import PaperKind, PaperSize
from posapp.services.desks import Shop
from posapp.services.papers.content import PaperOf
from posapp.ui.preview.print_watch import print_watch
from tests.factories import TILL
from tests.repairs import a_device, a_ticket, approved, asked, handed_back, moved
from tests.ui.preview.till import ALT, Till, words_on

Key = Qt.Key


@pytest.fixture(autouse=True)
def ticket(sqlite_shop: Shop) -> None:
    """T1 with two devices, of which one was repaired and handed back."""
    actor = sqlite_shop.actor(TILL)
    a_ticket(sqlite_shop, actor, a_device(), a_device(model="Galaxy Tab", accessories="pen"))
    asked(sqlite_shop, actor, "T1", 9900)
    approved(sqlite_shop, actor, "T1")
    moved(sqlite_shop, actor, "T1", "ready")
    handed_back(sqlite_shop, actor, "T1")


def size_on(till: Till) -> PaperSize:
    """The paper that is chosen."""
    return till.preview._presenter.size


@pytest.mark.parametrize(
    ("kind", "title", "says"),
    [
        (PaperKind.CLAIM_TICKET, "Claim ticket", "Samsung Galaxy S22, Samsung Galaxy Tab"),
        (PaperKind.DEVICE_LABEL, "Device label", "Samsung Galaxy S22 1/2"),
        (PaperKind.ESTIMATE, "Estimate", "Approved by phone by Marta"),
        (PaperKind.HAND_BACK, "Hand-back", "Taken by Marta"),
    ],
)
def test_each_paper_is_named_and_told_with_its_customer(
    till: Till, kind: PaperKind, title: str, says: str
) -> None:
    till.show("preview", PaperOf(number="T1", kind=kind))
    assert (till.preview.title(), till.preview.subtitle()) == (title, "T1")
    words = words_on(till.preview)
    for expected in ("T1", "Marta Kowalczyk", says, "Not given out yet"):
        assert expected in words


def test_a_number_alone_shows_the_claim_ticket(till: Till) -> None:
    till.show("preview", "T1")
    assert till.preview.title() == "Claim ticket"
    assert size_on(till) == PaperSize.ROLL_80


def test_a_label_is_offered_on_labels_only_and_keys_choose_among_them(till: Till) -> None:
    till.show("preview", PaperOf(number="T1", kind=PaperKind.DEVICE_LABEL, position=2))
    assert size_on(till) == PaperSize.LABEL_57
    assert (till.preview._papers.isVisible(), till.preview._labels.isVisible()) == (False, True)
    till.press(Key.Key_2, ALT)
    assert size_on(till) == PaperSize.LABEL_62
    assert len(till.preview._view._pages) == 2  # the tablet, and its pen
    hints = till.preview.keys()
    assert "Alt+1…2" in [hint.keys for hint in hints]
    till.press(Key.Key_3, ALT)
    assert size_on(till) == PaperSize.LABEL_62
    till.show("preview", "T1")
    assert (till.preview._papers.isVisible(), till.preview._labels.isVisible()) == (True, False)


def test_the_paper_that_is_saved_is_the_one_in_sight(till: Till, tmp_path: Path) -> None:
    till.show("preview", PaperOf(number="T1", kind=PaperKind.DEVICE_LABEL, position=2))
    till.preview.save_as(tmp_path / "label.pdf")
    till.quiet()
    labels = [
        till.shop.papers.preview(
            till.actor, "T1", PaperSize.LABEL_57, kind=PaperKind.DEVICE_LABEL, position=position
        )
        for position in (1, 2)
    ]
    assert [label.copies for label in labels] == [0, 1]


def test_a_file_that_lies_there_is_replaced_only_after_a_question(till: Till, tmp_path: Path) -> None:
    file = tmp_path / "ticket.pdf"
    file.write_bytes(b"old")
    till.show("preview", "T1")
    till.preview.save_as(file)
    till.quiet()
    assert file.read_bytes() == b"old"
    assert "There is already a file" in words_on(till.preview)
    first, second = till.preview._notice.findChildren(QPushButton)[:2]
    assert (first.text(), second.text()) == ("Choose again", "Replace it")
    second.click()
    till.quiet()
    assert file.read_bytes().startswith(b"%PDF")


def test_a_label_that_was_not_printed_waits_under_its_own_name(till: Till) -> None:
    till.show("preview", PaperOf(number="T1", kind=PaperKind.DEVICE_LABEL, position=2))
    till.press(Key.Key_Return)
    [job] = print_watch(till.window).waiting
    assert job.wanted == PaperOf(number="T1", kind=PaperKind.DEVICE_LABEL, position=2)
    assert "T1 label 2 waits to be printed" in words_on(till.preview)
    till.show("preview", "T1")
    print_watch(till.window).show_waiting()
    till.quiet()
    assert till.preview.title() == "Device label"
