"""Whatever a day brings, every sum agrees with every other one, and giving everything back ends at zero."""

import itertools
import os
import shutil
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from posapp.bootstrap import open_shop
from posapp.domain.base.clock import FixedClock
from posapp.domain.figures.periods import Period
from tests.books import check_books, check_verified, ledger_of, rows, totals_of
from tests.factories import NOW
from tests.pages import check_behind, check_owed, check_pages
from tests.stories import HOMES, PIECES, STORIES, Step, Story, found_shop

EXAMPLES = int(os.environ.get("POSAPP_STORIES", "3"))
EVER = Period(date(2020, 1, 1), date(2040, 1, 1))
_numbers = itertools.count(1)


@pytest.fixture(scope="module", params=HOMES)
def template(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A shop of a currency, made once and copied for each story."""
    file = tmp_path_factory.mktemp("story") / f"{request.param}.db"
    found_shop(str(file), request.param)
    return file


@settings(
    max_examples=EXAMPLES,
    phases=[Phase.explicit, Phase.generate],  # a story is dear: no hundred shorter ones after a fault
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(STORIES)
def test_the_books_agree_after_every_story_and_after_all_came_back(
    template: Path, tmp_path: Path, steps: list[Step]
) -> None:
    file = shutil.copyfile(template, tmp_path / f"{next(_numbers)}.db")
    shop = open_shop(file, clock=FixedClock(NOW))
    try:
        story = Story(shop)
        for step in steps:
            step.act(story)
        check_books(shop, story.actor)
        _check_figures(story)
        story.give_all_back()
        check_books(shop, story.actor)
        _check_figures(story)
        _check_nothing_is_left(story)
        check_verified(shop)
    finally:
        shop.close()
        file.unlink()


def _check_figures(story: Story) -> None:
    """All pages agree, over all days and over each of them; each row is the sum of its documents."""
    shop, actor = story.shop, story.actor
    check_pages(shop, actor, EVER)
    check_owed(shop, actor, EVER)
    check_behind(shop, actor, EVER)
    for row in shop.reports.read(actor, "received", EVER).rows[-1:]:
        last = Period(date.fromisoformat(row.id), date.fromisoformat(row.id))
        check_pages(shop, actor, last)
        check_behind(shop, actor, last, ("reconciliation", "profit", "tenders"))


def _check_nothing_is_left(story: Story) -> None:
    """No revenue, tax or debt; on the shelf all but what did not return there."""
    shop, actor = story.shop, story.actor
    earned = {name: minor for name, minor in totals_of(shop, actor, "kind").items() if name != "deposit"}
    assert set(earned.values()) <= {0}
    assert set(totals_of(shop, actor, "tax", "tax_minor").values()) <= {0}
    assert sum(totals_of(shop, actor, "order").values()) == 0
    assert ledger_of(shop, actor)["debt"] == 0
    [(broken,)] = rows(
        shop,
        actor,
        "SELECT coalesce(sum(-quantity), 0) FROM order_line "
        "WHERE refunds_id IS NOT NULL AND kind = 'item' AND NOT is_restocked",
    )
    assert sum(one.stock for one in shop.items.find(actor)) == 3 * PIECES - broken
    for number in story.sales:
        order = shop.orders.get(actor, number)
        assert order.owed_minor == 0
        assert order.left_minor == 0 or all(line.kind == "deposit" for line in order.lines) or order.voided_at
