"""Reads the story of a customer on the database lane; plain Python, owned by the page."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from posapp.ui.history.entries import Entry, Row, with_months
from posapp.ui.history.export import write_csv
from posapp.ui.session import Session
from posapp.ui.wording import Wording

if TYPE_CHECKING:
    from posapp.domain.customers.customers import CustomerCard
    from posapp.services.figures.history import Counts, Detail, Event, EventKind

Failure = Callable[[Exception], None]
Mark = tuple[int, int, int]
EXPORT_PAGE = 500


@dataclass(frozen=True, slots=True)
class Story:
    """The customer and how much there is to tell."""

    card: "CustomerCard"
    counts: "Counts"


@dataclass(frozen=True, slots=True)
class Question:
    """Whose story, which kinds of entries (None: all), and since when (None: from the beginning)."""

    customer_id: int = 0
    kinds: "frozenset[EventKind] | None" = None
    since: datetime | None = None


class HistoryPresenter:
    """One question at a time; work holds the question it was begun with."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.question = Question()

    @property
    def wording(self) -> Wording:
        """The habits of the shop."""
        return self._session.wording

    def read_story(self, *, done: Callable[[Story], None], failed: Failure) -> None:
        """The customer, the facts, and the tallies of the filters."""
        shop, actor, key = self._session.shop, self._session.actor, self.question.customer_id
        self._session.lanes.database.run(
            lambda: Story(shop.customers.card(actor, key), shop.history.counts(actor, key)),
            done=done,
            failed=failed,
            topic="story",
        )

    def read_rows(
        self,
        after: Entry | None,
        limit: int,
        *,
        down_to: Entry | None = None,
        done: Callable[[Sequence[Row]], None],
        failed: Failure,
    ) -> None:
        """The next `limit` entries as rows with months; with `down_to` as many pages as reach that entry."""
        question, wording = self.question, self.wording
        last = after.event if after is not None else None

        def work() -> list[Row]:
            events: list[Event] = []
            for page in self._pages(question, last.mark if last else None, limit):
                events += page
                if down_to is None or events[-1].mark <= down_to.event.mark:
                    break
            return with_months(events, wording, last)

        self._session.lanes.database.run(work, done=done, failed=failed, topic="history-page")

    def read_detail(self, event: "Event", *, done: "Callable[[Detail], None]", failed: Failure) -> None:
        """Everything about one entry."""
        shop, actor, key = self._session.shop, self._session.actor, self.question.customer_id
        self._session.lanes.database.run(
            lambda: shop.history.detail(actor, key, event), done=done, failed=failed, topic="history-detail"
        )

    def export(
        self, path: Path, *, replace: bool = False, done: Callable[[int], None], failed: Failure
    ) -> None:
        """Write what the question asks for to a CSV file, all of it; `done` gets the number of entries."""
        question, wording = self.question, self.wording

        def work() -> int:
            pages = self._pages(question, None, EXPORT_PAGE)
            events = (event for page in pages for event in page)
            return write_csv(path, events, wording, replace=replace)

        self._session.lanes.database.run(work, done=done, failed=failed)

    def _pages(self, question: Question, mark: Mark | None, limit: int) -> "Iterator[list[Event]]":
        """Pages of entries, newest first, until the question is answered. On the lane."""
        from posapp.services.figures.history import EventKind

        shop, actor, since = self._session.shop, self._session.actor, question.since
        kinds = question.kinds or frozenset(EventKind)
        while True:
            page = shop.history.page(actor, question.customer_id, kinds=kinds, mark=mark, limit=limit)
            events = [event for event in page.events if since is None or event.at >= since]
            if events:
                yield events
            if page.next_mark is None or len(events) < len(page.events):
                return
            mark = page.next_mark
