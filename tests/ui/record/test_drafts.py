"""Whose a half-typed form is, since when, and when it is one at all."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from posapp.domain.base.clock import FixedClock
from posapp.services.base.drafts import Drafts
from posapp.services.base.kept_forms import Draft
from posapp.ui.record.draft_bar import DraftBar
from posapp.ui.record.drafts import KEPT, DraftKeeper, KeptForms
from posapp.ui.session import Session
from posapp.ui.wording import Wording

MARTA, NEHA = "24 PL24 2026-03-01T09:00:00+00:00", "38 PL38 2026-03-02T09:00:00+00:00"
TYPED_AT = datetime(2026, 3, 9, 14, 5, tzinfo=UTC)


class Till:
    """As much of a session as a draft needs: the drafts, the clock, and a lane that writes at once."""

    def __init__(self, folder: Path) -> None:
        self.drafts = Drafts(folder, "shop-1")
        self.shop = self.store = self
        self.clock = FixedClock(TYPED_AT)
        self.waiting: list[Callable[[], object]] = []

    def keep(self, write: Callable[[], object]) -> None:
        self.waiting.append(write)
        write()


@pytest.fixture
def till(tmp_path: Path) -> Till:
    """A till with no drafts yet."""
    return Till(tmp_path)


def forms_of(till: Till, **more: Any) -> KeptForms:
    """The drafts of a kind, as a window that starts finds them."""
    return KeptForms(cast(Session, till), "booking", **more)


class Written:
    """A form: whose it is, and what stands in it."""

    def __init__(self, till: Till) -> None:
        self.mark: str | None = MARTA
        self.values: dict[str, Any] = {}
        self.owner = QObject()
        self.keeper = DraftKeeper(forms_of(till), lambda: self.mark, lambda: self.values, self.owner)


@pytest.fixture
def form(till: Till) -> Written:
    """A form for Marta in which nothing stands."""
    return Written(till)


def test_a_draft_says_whose_it_is_and_when_it_was_typed(till: Till, form: Written) -> None:
    form.values = {"note": "charger"}
    assert form.keeper.keep()
    assert forms_of(till).draft(MARTA) == Draft(MARTA, {"note": "charger"}, TYPED_AT)
    assert Draft(MARTA, {}, None).whose == "PL24"


def test_what_was_typed_for_one_customer_is_not_there_for_another(form: Written) -> None:
    form.values = {"note": "charger"}
    form.keeper.keep()
    form.keeper.begin()
    form.mark, form.values = NEHA, {}
    assert form.keeper.found() is None
    assert not form.keeper.keep()
    form.mark = MARTA
    found = form.keeper.found()
    assert found is not None
    assert found.values == {"note": "charger"}


def test_what_the_program_fills_in_is_no_draft(till: Till, form: Written) -> None:
    with form.keeper.filling():
        form.values = {"customer": "PL24"}
    assert not form.keeper.is_typed
    assert not form.keeper.keep()
    assert forms_of(till).latest is None


def test_typing_stays_typing_when_the_program_fills_in_more(form: Written) -> None:
    form.values = {"note": "charger"}
    with form.keeper.filling():
        form.values = {"note": "charger", "from": "15:00"}
    assert form.keeper.is_typed


def test_what_is_put_back_as_it_was_is_no_draft_any_more(till: Till, form: Written) -> None:
    form.values = {"phone": "08510"}
    form.keeper.keep()
    form.values = {}
    assert not form.keeper.keep()
    assert forms_of(till).marks == ()


def test_when_it_turns_out_whose_it_is_the_draft_follows(till: Till, form: Written) -> None:
    form.mark, form.values = "", {"note": "charger"}
    form.keeper.keep()
    form.mark = MARTA
    form.keeper.keep()
    assert forms_of(till).marks == (MARTA,)


def test_nothing_is_kept_of_what_was_not_read_yet(till: Till, form: Written) -> None:
    form.mark, form.values = None, {"note": "charger"}
    assert not form.keeper.keep()
    assert forms_of(till).marks == ()


def test_a_draft_on_its_way_says_so_until_the_desk_answers(till: Till, form: Written) -> None:
    form.values = {"note": "charger"}
    forget_on_lane = form.keeper.send()
    kept = forms_of(till).draft(MARTA)
    assert kept is not None
    assert kept.is_on_its_way
    form.values = {"note": "typed while it is saved"}
    assert not form.keeper.keep()
    forget_on_lane()
    assert forms_of(till).draft(MARTA) is None


def test_after_a_refusal_it_is_a_draft_as_before(till: Till, form: Written) -> None:
    form.values = {"note": "charger"}
    form.keeper.send()
    form.keeper.answered(is_saved=False)
    kept = forms_of(till).draft(MARTA)
    assert kept is not None
    assert not kept.is_on_its_way


def test_after_a_save_nothing_is_kept(till: Till, form: Written) -> None:
    form.values = {"note": "charger"}
    form.keeper.send()
    form.keeper.sent()()
    form.values = {}
    form.keeper.answered(is_saved=True)
    assert forms_of(till).latest is None


def test_a_window_that_closes_writes_nothing_any_more(till: Till, form: Written) -> None:
    form.keeper.forms.freeze()
    form.values = {"note": "charger"}
    form.keeper.keep()
    assert till.waiting == []


def test_the_oldest_of_many_gives_way(till: Till) -> None:
    forms = forms_of(till)
    for number in range(KEPT + 1):
        forms.keep(f"{number} PL{number} x", {"note": str(number)})
    assert len(forms.marks) == KEPT
    assert forms.latest == f"{KEPT} PL{KEPT} x"


def test_a_record_of_the_same_number_is_another_one(till: Till) -> None:
    forms = forms_of(till)
    forms.keep(MARTA, {"note": "charger"})
    other = MARTA.replace("2026", "2025")
    assert forms.namesake(other) == MARTA
    assert forms.namesake("") is None
    forms.hand_over(MARTA, other)
    assert forms.marks == (other,)


def test_what_must_not_touch_the_disk_is_sealed(till: Till) -> None:
    ways: dict[str, Any] = {
        "seal": lambda values: {**values, "code": "****"},
        "unseal": lambda values: {**values, "code": "opened"},
    }
    forms = forms_of(till, **ways)
    forms.keep(MARTA, {"code": "1234"})
    assert forms.of(MARTA) == {"code": "1234"}
    kept = till.drafts.load("booking")
    assert kept is not None
    assert "1234" not in str(kept)
    assert forms_of(till, **ways).of(MARTA) == {"code": "opened"}


def test_a_draft_of_the_version_before_is_taken_over(till: Till) -> None:
    till.drafts.save("booking", {"customer": MARTA, "note": "charger", "is_on_its_way": True})
    draft = forms_of(till).draft(MARTA)
    assert draft is not None
    assert (draft.values["note"], draft.at, draft.is_on_its_way) == ("charger", None, True)


def test_what_makes_no_sense_is_left_out(till: Till) -> None:
    till.drafts.save("booking", {"forms": {MARTA: "text", NEHA: {"note": "x"}}, "at": {NEHA: "soon"}})
    assert forms_of(till).draft(NEHA) == Draft(NEHA, {"note": "x"}, None)
    assert forms_of(till).marks == (NEHA,)


def test_discard_has_a_key_wherever_the_focus_is_in_the_form(show: Callable[[QWidget], QWidget]) -> None:
    host = QWidget()
    bar, edit = DraftBar(host), QLineEdit("typed")
    column = QVBoxLayout(host)
    column.addWidget(bar)
    column.addWidget(edit)
    show(host)
    edit.setFocus()
    discarded: list[str] = []
    bar.discarded.connect(lambda: discarded.append("now"))
    QTest.keyClick(edit, Qt.Key.Key_Delete, Qt.KeyboardModifier.AltModifier)
    assert discarded == []  # nothing to discard yet
    bar.show_draft(Draft(MARTA, {}, TYPED_AT), Wording())
    assert bar.text().startswith("Draft restored · PL24 · typed ")
    QTest.keyClick(edit, Qt.Key.Key_Delete, Qt.KeyboardModifier.AltModifier)
    bar.hide()
    QTest.keyClick(edit, Qt.Key.Key_Delete, Qt.KeyboardModifier.AltModifier)
    assert discarded == ["now"]
    assert edit.text() == "typed"
