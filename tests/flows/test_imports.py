"""Old data by keys in the whole program: a file is dropped, tried, imported, found, and taken back."""

import os
from pathlib import Path
from time import monotonic

import pytest
from PySide6.QtTest import QTest

from posapp.services.desks import Shop
from posapp.ui.imports.page import ImportPage
from tests.factories import TILL
from tests.flows.clerk import Clerk
from tests.flows.conftest import OpenTill
from tests.old_data.sets import FOLDER

ROOT = Path(__file__).resolve().parents[2]


def rest(page: ImportPage) -> None:
    """No child runs any more, and its answer is shown."""
    patience = monotonic() + 200  # its processes give way to everything else on the machine
    while page.assistant.is_busy:
        assert monotonic() < patience, "the import never came to rest"
        QTest.qWait(20)


@pytest.mark.timeout(300)
def test_an_old_system_is_dropped_tried_imported_found_and_taken_back(
    behind: Shop, open_till: OpenTill, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT) + os.pathsep + os.environ.get("PYTHONPATH", ""))
    clerk: Clerk = open_till()
    actor = behind.actor(TILL)
    clerk.window.show_page("settings", "data")
    names = ("customers.json", "bookings.json")
    page = clerk.window.show_page("import", [str(FOLDER / "000" / name) for name in names])
    assert isinstance(page, ImportPage)
    rest(page)
    clerk.quiet()
    assert page.stages.main.isEnabled(), page.notice.text()
    tried = page.assistant.trial
    assert tried is not None
    assert page.figures.sum.text() == f"{tried.rows:,}"
    assert not behind.imports.batches(actor)
    clerk.press("ctrl+Return")
    rest(page)
    clerk.quiet()
    result = page.assistant.result
    assert result is not None, page.notice.text()
    assert (result.created, result.past) == (tried.created, tried.past)
    [batch] = behind.imports.batches(actor)
    name = next(one.name for one in result.shown if one.name.isascii() and len(one.name) > 4)
    clerk.press("F2")
    clerk.type(name)
    assert behind.search.search(actor, name).hits
    clerk.press("F8")
    clerk.window.show_page("import")
    clerk.press("alt+U")
    page.ask.buttons()[0].click()
    rest(page)
    clerk.quiet()
    assert page.assistant.is_undone
    assert not behind.search.search(actor, name).hits
    assert behind.imports.batch(actor, batch.id).state == "undone"
