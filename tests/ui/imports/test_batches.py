"""The list of imports in Settings, Data: shown, taken back by a real child process, gone on with."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget

from posapp.domain.old_data.imports import BatchState
from posapp.services.desks import Shop
from posapp.ui.imports.batches import Imports
from posapp.ui.imports.page import ImportPage
from posapp.ui.session import Session
from posapp.ui.settings.data import DataSection
from posapp.ui.window.page import PageEntry
from tests.old_data.brought import brought
from tests.ui.a11y import assert_named
from tests.ui.settings.conftest import Manager, manager, session, shop

__all__ = ["manager", "session", "shop"]
ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(autouse=True)
def child_finds_posapp(monkeypatch: pytest.MonkeyPatch) -> None:
    """The child process is started with this Python; it needs the checkout on its path."""
    monkeypatch.setenv("PYTHONPATH", str(ROOT) + os.pathsep + os.environ.get("PYTHONPATH", ""))


@pytest.fixture
def data(manager: Manager, session: Session) -> Callable[[], Imports]:
    """The list, once the settings show it."""
    page = ImportPage(manager.window, session)
    manager.window.add_page(PageEntry("import", "Import", "upload", "", lambda _shell: page, in_rail=False))

    def opened() -> Imports:
        section = manager.open("data")
        assert isinstance(section, DataSection)
        manager.settle()
        return section.imports

    return opened


def rest(manager: Manager, imports: Imports) -> None:
    """No child runs any more, and the list is read anew."""
    manager.qtbot.waitUntil(lambda: not imports.runner.is_busy, timeout=150_000)
    manager.settle()


def test_nothing_was_imported_yet(data: Callable[[], Imports]) -> None:
    imports = data()
    assert imports.empty.isVisible()
    assert imports.table.isHidden()
    assert imports.undo.isHidden()


@pytest.mark.timeout(200)
def test_an_import_is_taken_back_from_the_list_after_a_question(
    manager: Manager, shop: Shop, data: Callable[[], Imports]
) -> None:
    actor = manager.session.actor
    made = brought(shop, actor, 3)
    imports = data()
    [batch] = imports.table.rows.rows()
    assert (batch.id, batch.state) == (made.batch, BatchState.APPLIED)
    assert imports.resume.isHidden()
    assert_named(manager.window)
    manager.tab_to("Undo…")
    manager.press("Space")
    assert imports.ask.isVisible()
    manager.press("Escape")
    assert imports.ask.isHidden()
    imports.undo.click()
    imports.ask.buttons()[0].click()
    rest(manager, imports)
    assert imports.outcome.text() == "The import is taken back."
    assert shop.imports.batch(actor, made.batch).state is BatchState.UNDONE
    assert imports.undo.isHidden()


@pytest.mark.timeout(200)
def test_what_stands_in_the_way_of_an_undo_is_said(
    manager: Manager, shop: Shop, data: Callable[[], Imports]
) -> None:
    from tests.factories import a_booking

    actor = manager.session.actor
    made = brought(shop, actor, 2)
    a_booking(shop, actor, shop.customers.card(actor, made.people[0]).customer)
    imports = data()
    imports.undo.click()
    imports.ask.buttons()[0].click()
    rest(manager, imports)
    assert "PL1 has a booking" in imports.outcome.text()
    assert shop.imports.batch(actor, made.batch).state is BatchState.APPLIED


def test_an_import_is_shown_with_its_figures(
    manager: Manager, shop: Shop, data: Callable[[], Imports]
) -> None:
    brought(shop, manager.session.actor, 3)
    imports = data()
    imports.table.setFocus()
    manager.press("Return")
    page: QWidget = manager.window.page("import")
    assert isinstance(page, ImportPage)
    assert manager.window.current_page_id == "import"
    assert page.result.isVisible()
    assert page.result.title.text() == "Booking system (000) imported"
    assert page.figures.list.rows.rows()[0].count == 3
    manager.press("Escape")
    assert manager.window.current_page_id == "settings"
