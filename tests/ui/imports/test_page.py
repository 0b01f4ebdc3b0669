"""The assistant by keys, its child process being a stand-in: what is shown, asked and told."""

import os
import signal
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from posapp.cli.old_data.imports import document_of
from posapp.domain.old_data.imports import BatchState, ImportField, ImportResult, RowFate, System
from posapp.ui.imports import page as page_module
from posapp.ui.imports.column_table import ChoiceBox
from posapp.ui.imports.rows_sheet import RowsSheet
from posapp.ui.imports.stages import How, Stage
from tests.old_data.brought import brought
from tests.ui.a11y import assert_named
from tests.ui.fit import cut_off
from tests.ui.imports.conftest import Child, Importer
from tests.ui.imports.made_up import old_system, square, tried, wide_table
from tests.ui.wedge import Wedge


def figures(importer: Importer) -> dict[str, str]:
    """Title and count of each figure."""
    return {one.word: one.shown for one in importer.assistant.figures.list.rows.rows()}


def test_a_file_that_is_dropped_is_read_and_tried(importer: Importer, child: Child) -> None:
    page, file = importer.assistant, child.folder / "export-20260311.csv"
    file.touch()
    assert page.drop.isVisible()
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file))])
    usual = Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(page, QDragEnterEvent(QPoint(5, 5), usual[0], mime, usual[2], usual[3]))
    assert page.drop.is_wanted
    QApplication.sendEvent(page, QDropEvent(QPoint(5, 5), *usual))
    importer.rest()
    assert page.file.name.full_text() == "Square customers, 15,538 rows"
    assert figures(importer) == {
        "New customers": "12,138",
        "Already here": "86",
        "Twice in the file": "324",
        "Without a phone": "2,969",
        "Refused": "21",
    }
    assert page.figures.sum.text() == "15,538"
    assert page.stages.main.text() == "Import 15,517 rows"
    [words] = child.asked("trial")
    assert "--dry-run" in words
    assert "--system=square" in words
    assert "--map=Phone Number=phone" in words
    assert not any("Birthday" in word for word in words)


def test_the_figures_add_up_to_the_rows_of_the_file() -> None:
    from posapp.ui.imports.answers import told_figures

    assert sum(told_figures(tried()).values()) == tried().rows


def test_unsure_columns_come_first_and_what_is_left_out_gives_way(importer: Importer) -> None:
    importer.take("a.csv")
    table = importer.assistant.columns.table
    names = [one.name for one in table.rows.rows()]
    assert names[:2] == ["Birthday", "First Name"]
    assert len(names) == 12
    importer.assistant.columns.all.click()
    assert len(table.rows.rows()) == 23
    assert importer.assistant.columns.all.text() == "Show fewer"


def test_a_field_is_chosen_by_keys_and_tried_anew(importer: Importer, child: Child) -> None:
    importer.take("a.csv")
    page = importer.assistant
    page.columns.table.setFocus()
    importer.press("alt+Down")
    importer.until(QApplication.activePopupWidget)
    importer.press("End")
    importer.qtbot.keyPress(importer.focus, Qt.Key.Key_Return)  # with it the list is gone
    importer.until(lambda: len(child.asked("trial")) == 2)
    importer.rest()
    assert page.columns.table.hasFocus()
    assert page.assistant.draft is not None
    assert page.assistant.draft.chosen == {"Birthday": ImportField.SPENT}
    assert "--map=Birthday=spent" in child.asked("trial")[-1]
    assert page.columns.pill.isHidden()
    assert not page.assistant.is_trial_old


def test_only_the_newest_choice_is_tried(importer: Importer, child: Child) -> None:
    importer.take("a.csv")
    child.says("trial", waits=True, steps=1)
    page = importer.assistant
    page.columns.table.chose.emit("Birthday", ImportField.NOTE)
    importer.until(lambda: len(child.asked("trial")) == 2)
    child.knows(square(), replace(tried(), matched=87), tried(is_trial=False))
    page.columns.table.chose.emit("Birthday", None)
    importer.until(lambda: len(child.asked("trial")) == 3)
    importer.rest()
    assert figures(importer)["Already here"] == "87"
    assert page.assistant.trouble is None


def test_tab_goes_from_column_to_column_and_out(importer: Importer) -> None:
    importer.take("a.csv")
    table = importer.assistant.columns.table
    importer.assistant.columns.all.setFocus()
    importer.press("Tab")
    assert table.hasFocus()
    assert table.currentIndex().row() == 0
    importer.press(*["Tab"] * 11)
    assert table.currentIndex().row() == 11
    importer.press("Tab")
    assert importer.assistant.figures.list.hasFocus()


def test_a_figure_opens_its_rows(importer: Importer) -> None:
    importer.take("a.csv")
    page = importer.assistant
    page.figures.list.setFocus()
    importer.press("End", "Return")
    sheet = importer.window.sheet_content
    assert isinstance(sheet, RowsSheet)
    assert sheet.list.rows.rowCount() == 21
    importer.press("Escape", "alt+1")
    sheet = importer.window.sheet_content
    assert isinstance(sheet, RowsSheet)
    assert sheet.list.rows.rowCount() == 50


def test_the_refused_rows_are_saved(
    importer: Importer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    importer.take("a.csv")
    target = tmp_path / "refused.xlsx"
    monkeypatch.setattr(page_module, "ask_target", lambda _parent, _name: target)
    importer.press("ctrl+E")
    sheet = load_workbook(target).worksheets[0]
    rows = list(sheet.iter_rows(values_only=True))
    assert len(rows) == 22
    assert rows[1][:3] == ("export-20260311.csv", 40, "phone_placeholder")
    assert importer.toasts[-1] == "21 rows written to refused.xlsx"


def test_ctrl_enter_imports_and_the_result_says_what_came(importer: Importer, child: Child) -> None:
    importer.take("a.csv")
    importer.press("ctrl+Return")
    importer.rest()
    page = importer.assistant
    assert page.result.isVisible()
    assert page.result.title.text() == "Square customers imported"
    assert page.figures.title.text() == "What happened"
    assert page.progress_of(Stage.IMPORT).how is How.DONE
    assert importer.toasts[-1] == "Import done: 15,107 new customers"
    [words] = child.asked("import")
    assert "--dry-run" not in words


def test_an_import_is_taken_back_after_a_question(importer: Importer, child: Child) -> None:
    importer.take("a.csv")
    importer.press("ctrl+Return")
    importer.rest()
    importer.press("alt+U")
    page = importer.assistant
    assert page.ask.isVisible()
    importer.press("Escape")
    assert not child.asked("undo")
    importer.press("alt+U")
    page.ask.buttons()[0].click()
    importer.rest()
    assert child.asked("undo")[0][:3] == ["import", "undo", "1"]
    assert page.result.title.text() == "Square customers taken back"
    assert page.result.undo.isHidden()


def test_while_it_is_taken_back_the_page_says_so(importer: Importer, child: Child) -> None:
    importer.take("a.csv")
    importer.press("ctrl+Return")
    importer.rest()
    page = importer.assistant
    child.says("undo", waits=True, steps=1)
    page.ask_undo()
    page.ask.buttons()[0].click()
    importer.until(lambda: page.assistant.is_importing)
    assert page.result.title.text() == "Square customers: taking it back"
    assert page.stages.cancel.text() == "Stop"
    page.stages.cancel.click()
    importer.rest()
    assert page.result.title.text() == "Square customers imported"
    assert page.stages.cancel.text() == "Close"


def test_cancel_breaks_the_import_off_and_its_figures_stay(importer: Importer, child: Child) -> None:
    importer.take("a.csv")
    child.says("import", waits=True, steps=3)
    importer.press("ctrl+Return")
    page = importer.assistant
    importer.until(lambda: page.progress_of(Stage.IMPORT).done == 2)
    assert page.stages.cancel.hasFocus()
    assert page.stages.cancel.text() == "Cancel and undo"
    assert page.stages.main.text() == "Importing"
    importer.press("Return")
    importer.rest()
    assert importer.said[-1] == "Import stopped. Nothing of it is left."
    assert page.assistant.result is None
    assert page.stages.main.text() == "Import 15,517 rows"


def test_esc_leaves_the_page_while_the_import_goes_on(importer: Importer, child: Child) -> None:
    importer.take("a.csv")
    child.says("import", document_of(tried(is_trial=False)), waits=True, steps=1)
    importer.press("ctrl+Return")
    importer.until(lambda: child.asked("import"))
    importer.press("Escape")
    assert importer.window.current_page_id == "settings"
    child.goes_on()
    importer.rest()
    assert importer.said[-1] == "Import done: 15,107 new customers"
    importer.window.show_page("import")
    assert importer.assistant.result.isVisible()


def test_another_file_waits_for_an_import_that_runs(importer: Importer, child: Child) -> None:
    importer.take("a.csv")
    child.says("import", waits=True)
    importer.press("ctrl+Return")
    importer.until(lambda: child.asked("import"))
    importer.assistant.take([str(child.folder / "a.csv")])
    assert importer.said[-1] == "Wait until this import is done."


@pytest.mark.parametrize("stage", ["sight", "trial", "import"])
def test_what_is_refused_says_why_and_can_be_tried_again(
    importer: Importer, child: Child, stage: str
) -> None:
    child.says(stage, refused=("file_password", "This workbook has a password."))
    importer.take("a.csv")
    page = importer.assistant
    if stage == "import":
        importer.press("ctrl+Return")
        importer.rest()
    if stage == "sight":
        assert page.said.words.text() == "This workbook has a password."
        assert page.file.about.full_text() == "This cannot be imported."
        return
    assert page.notice.text() == "This workbook has a password."
    child.knows(square(), tried(), tried(is_trial=False))
    page.assistant.try_again()
    importer.rest()
    assert page.notice.isHidden()
    assert page.result.isVisible() == (stage == "import")


def test_nothing_to_import_cannot_be_imported(importer: Importer, child: Child) -> None:
    child.knows(wide_table(), ImportResult(System.GENERAL, is_trial=True), tried())
    importer.take("a.csv")
    page = importer.assistant
    assert page.stages.main.text() == "Nothing to import"
    assert not page.stages.main.isEnabled()
    importer.press("ctrl+Return")
    assert not child.asked("import")
    assert len(page.columns.table.rows.rows()) < 200
    assert_named(importer.window)


def test_old_systems_show_their_files_and_ask_for_the_country(importer: Importer, child: Child) -> None:
    trial = replace(tried(), system=System.BOOKING_SYSTEM, rows=18_300, past=2_762)
    child.knows(old_system(), trial, tried())
    importer.take("customers.json", "bookings.json")
    page = importer.assistant
    assert page.files.isVisible()
    assert figures(importer)["Past records"] == "2,762"
    page.files.files.habits.region.choose("DE")
    page.files.files.habits.region.committed.emit()
    importer.until(lambda: len(child.asked("trial")) == 2)
    importer.rest()
    assert "--region=DE" in child.asked("trial")[-1]
    assert "--currency=EUR" in child.asked("trial")[-1]


def test_a_scan_presses_nothing(importer: Importer, child: Child) -> None:
    importer.take("a.csv")
    wedge = Wedge(importer.window)
    for part in (importer.assistant.columns.table, importer.assistant.figures.list):
        part.setFocus()
        wedge.scan("5391510000017")
        importer.settle()
        assert QApplication.activePopupWidget() is None
        assert importer.window.sheet_content is None
    assert not child.asked("import")
    assert importer.assistant.assistant.draft is not None
    assert not importer.assistant.assistant.draft.chosen


@pytest.mark.parametrize(("width", "height", "scale"), [(1024, 720, 100), (1366, 768, 115)])
def test_no_word_is_cut_off(importer: Importer, child: Child, width: int, height: int, scale: int) -> None:
    importer.window.theme.change(scale=scale)
    importer.window.resize(width, height)
    importer.settle()
    assert cut_off(importer.window) == []
    importer.take("a.csv")
    assert cut_off(importer.window) == []
    importer.press("ctrl+Return")
    importer.rest()
    assert cut_off(importer.window) == []


def test_the_fates_of_rows_without_any_are_not_opened(importer: Importer, child: Child) -> None:
    child.knows(square(), replace(tried(), matched=0, rows=15_452), tried())
    importer.take("a.csv")
    assert importer.assistant.assistant.rows_of(RowFate.MATCHED)[1] == 0
    importer.press("alt+2")
    assert importer.window.sheet_content is None


def test_a_child_that_is_killed_leaves_an_import_that_can_be_gone_on_with(
    importer: Importer, child: Child
) -> None:
    actor = importer.session.actor
    importer.take("a.csv")
    child.says("import", waits=True, steps=1)
    importer.press("ctrl+Return")
    importer.until(lambda: child.asked("import"))
    batch = brought(importer.session.shop, actor, state=BatchState.APPLYING).batch
    child.says("resume", document_of(tried(is_trial=False)))
    os.kill(child.pid(), signal.SIGKILL)
    importer.rest()
    page = importer.assistant
    assert page.notice.text() == "The command ended early."
    importer.until(lambda: page.assistant.trouble is not None and page.assistant.trouble.batch == batch)
    page.notice.focus_step()
    importer.press("Return")
    importer.rest()
    assert child.asked("resume")[0][:3] == ["import", "resume", str(batch)]
    assert page.result.isVisible()
    assert page.notice.isHidden()


def test_the_list_of_fields_that_is_let_go_changes_nothing(importer: Importer, child: Child) -> None:
    page = importer.assistant
    page.take([str(child.folder / "export-20260311.csv")])
    importer.rest()
    table = page.columns.table
    table.setFocus()
    table.choose()
    importer.rest()
    popup = QApplication.activePopupWidget()
    assert popup is not None
    QTest.keyClick(popup.focusWidget(), Qt.Key.Key_Escape)
    importer.rest()
    assert not table.findChildren(ChoiceBox)
    assert page.assistant.draft is not None
    assert not page.assistant.draft.chosen
