"""Reads the story of a customer on the database lane."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from posapp.ui.history.entries import Entry, Row, with_months, write_csv
from posapp.ui.presenter import Done, Failed, Presenter
from posapp.ui.wording import translator

if TYPE_CHECKING:
    from posapp.domain.base.actor import Actor
    from posapp.services.desks import Shop
    from posapp.services.figures.history import Detail, Event, EventKind, Part, Story
    from posapp.ui.session import Session

Mark = tuple[int, int, int]
EXPORT_PAGE = 500
_tr = translator("Periods")

PERIODS: tuple[tuple[str, Callable[[], str]], ...] = (
    ("all", lambda: _tr("All time")),
    ("30", lambda: _tr("Last 30 days")),
    ("365", lambda: _tr("Last 12 months")),
    ("year", lambda: _tr("This year")),
)
"""Key and words of each, in the order of the box."""


def begin_of(key: str, now: datetime) -> datetime | None:
    """When a period begins; None for all time. `now` is aware, on the shop's clock."""
    if key == "year":
        return now.replace(month=1, day=1, hour=0, minute=0, second=0, microsecond=0)
    return now - timedelta(days=int(key)) if key.isdecimal() else None


@dataclass(frozen=True, slots=True)
class Question:
    """Whose story, which kinds of entries (None: all) or which part of one, and since when (None: ever)."""

    customer_id: int = 0
    kinds: "frozenset[EventKind] | None" = None
    part: "Part | None" = None
    since: datetime | None = None


class HistoryPresenter(Presenter):
    """One question at a time; work holds the question it was begun with."""

    topic = "history"

    def __init__(self, session: "Session") -> None:
        super().__init__(session)
        self.question = Question()

    def read_story(self, *, done: Done["Story"], failed: Failed) -> None:
        """The customer, the facts, and the tallies of the filters."""
        key = self.question.customer_id
        self.read(lambda shop, actor: shop.history.story(actor, key), done, failed, topic="story")

    def read_rows(
        self,
        after: Entry | None,
        limit: int,
        *,
        down_to: Entry | None = None,
        done: Done[Sequence[Row]],
        failed: Failed,
    ) -> None:
        """The next `limit` entries as rows with months; with `down_to` as many pages as reach that entry."""
        question, wording = self.question, self.wording
        last = after.event if after is not None else None

        def work(shop: "Shop", actor: "Actor") -> list[Row]:
            events: list[Event] = []
            for page in _pages(shop, actor, question, last.mark if last else None, limit):
                events += page
                if down_to is None or events[-1].mark <= down_to.event.mark:
                    break
            return with_months(events, wording, last)

        self.read(work, done, failed, topic="page")

    def read_detail(self, event: "Event", *, done: Done["Detail"], failed: Failed) -> None:
        """Everything about one entry."""
        key = self.question.customer_id
        self.read(lambda shop, actor: shop.history.detail(actor, key, event), done, failed, topic="detail")

    def export(self, path: Path, *, replace: bool = False, done: Done[int], failed: Failed) -> None:
        """Write what the question asks for to a CSV file, all of it; `done` gets the number of entries."""
        question, wording = self.question, self.wording

        def work(shop: "Shop", actor: "Actor") -> int:
            pages = _pages(shop, actor, question, None, EXPORT_PAGE)
            events = (event for page in pages for event in page)
            return write_csv(path, events, wording, replace=replace)

        self.do(work, done, failed)


def _pages(
    shop: "Shop", actor: "Actor", question: Question, mark: Mark | None, limit: int
) -> "Iterator[list[Event]]":
    """Pages of entries, newest first, until the question is answered. On the lane."""
    from posapp.services.figures.history import EventKind

    kinds = question.kinds or frozenset(EventKind)
    while True:
        page = shop.history.page(
            actor,
            question.customer_id,
            kinds=kinds,
            part=question.part,
            since=question.since,
            mark=mark,
            limit=limit,
        )
        if page.events:
            yield list(page.events)
        if page.next_mark is None:
            return
        mark = page.next_mark
