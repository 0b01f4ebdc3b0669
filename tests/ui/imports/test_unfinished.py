"""An import that nobody is at any more is offered after the start, to whoever may go on with it."""

from datetime import timedelta

import pytest

from posapp.domain.old_data.imports import BatchState
from posapp.services.desks import Shop
from posapp.ui.imports import unfinished
from posapp.ui.imports.unfinished import REGION, Unfinished
from posapp.ui.window.notices import Message
from tests.old_data.brought import brought
from tests.ui.settings.conftest import Manager, manager, session, shop

__all__ = ["manager", "session", "shop"]


def looked(manager: Manager) -> list[Message]:
    """What stands over the screens after a look."""
    raised: list[Message] = []
    manager.window.notices.notice_raised.connect(raised.append)
    watch = Unfinished(manager.window, manager.session, first_ms=3_600_000)
    watch.look()
    manager.settle()
    return raised


def test_an_import_that_was_broken_off_is_offered(
    manager: Manager, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unfinished, "QUIET", timedelta(seconds=-1))
    brought(shop, manager.session.actor, state=BatchState.APPLYING)
    [notice] = looked(manager)
    assert notice.region == REGION
    assert "An import is not finished" in notice.text
    assert [step.text for step in notice.steps] == ["Go on", "Show imports"]


def test_one_that_another_window_works_at_is_left_alone(manager: Manager, shop: Shop) -> None:
    brought(shop, manager.session.actor, state=BatchState.APPLYING)
    assert looked(manager) == []


def test_what_is_finished_is_no_news(manager: Manager, shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unfinished, "QUIET", timedelta(seconds=-1))
    brought(shop, manager.session.actor)
    assert looked(manager) == []
