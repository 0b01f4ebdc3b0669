"""Reads the story of a customer on the database lane; plain Python, owned by the page."""

import csv
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from posapp.ui.history.words import title_of
from posapp.ui.session import Session
from posapp.ui.wording import Wording

if TYPE_CHECKING:
    from posapp.domain.customers import CustomerCard
    from posapp.services.history import Counts, Detail, Event, EventKind

Failure = Callable[[Exception], None]
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Story:
    """The customer and how much there is to tell."""

    card: "CustomerCard"
    counts: "Counts"


class HistoryPresenter:
    """One customer at a time."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.customer_id = 0
        self.kinds: frozenset[EventKind] | None = None  # None: all of them
        self.since: datetime | None = None

    @property
    def wording(self) -> Wording:
        """The habits of the shop."""
        return Wording.of(self._session.catalogue.business)

    def read_story(self, *, done: Callable[[Story], None], failed: Failure) -> None:
        """The customer, the facts, and the tallies of the filters."""
        shop, actor, key = self._session.shop, self._session.actor, self.customer_id
        self._session.lanes.database.run(
            lambda: Story(shop.customers.card(actor, key), shop.history.counts(actor, key)),
            done=done,
            failed=failed,
            topic="story",
        )

    def read_page(
        self, after: "Event | None", limit: int, *, done: "Callable[[Sequence[Event]], None]", failed: Failure
    ) -> None:
        """The next entries; those before the chosen period are left out, and so nothing follows them."""
        since = self.since
        work = self._page_work(after.mark if after is not None else None, limit)

        def cut(events: "Sequence[Event]") -> None:
            done([event for event in events if since is None or event.at >= since])

        self._session.lanes.database.run(work, done=cut, failed=failed, topic="history-page")

    def _page_work(self, mark: tuple[int, int, int] | None, limit: int) -> "Callable[[], Sequence[Event]]":
        shop, actor, key, kinds = self._session.shop, self._session.actor, self.customer_id, self.kinds

        def work() -> "Sequence[Event]":
            if kinds is None:
                return shop.history.page(actor, key, mark=mark, limit=limit).events
            return shop.history.page(actor, key, kinds=kinds, mark=mark, limit=limit).events

        return work

    def read_detail(self, event: "Event", *, done: "Callable[[Detail], None]", failed: Failure) -> None:
        """Everything about one entry."""
        shop, actor, key = self._session.shop, self._session.actor, self.customer_id
        self._session.lanes.database.run(
            lambda: shop.history.detail(actor, key, event), done=done, failed=failed, topic="history-detail"
        )

    def export(self, path: Path, *, done: Callable[[int], None], failed: Failure) -> None:
        """Write the whole timeline as CSV; no cell can become a formula in a spreadsheet."""
        wording, since = self.wording, self.since

        def work() -> int:
            rows = 0
            with path.open("w", encoding="utf-8-sig", newline="") as file:
                writer = csv.writer(file)
                writer.writerow(["When", "Kind", "Number", "What", "Status", "With", "By"])
                mark: tuple[int, int, int] | None = None
                while events := self._page_work(mark, 500)():
                    for event in events:
                        if since is not None and event.at < since:
                            return rows
                        writer.writerow([safe_cell(cell) for cell in _cells(event, wording)])
                        rows += 1
                    mark = events[-1].mark
            return rows

        self._session.lanes.database.run(work, done=done, failed=failed)


def safe_cell(text: str) -> str:
    """A cell that a spreadsheet takes as text whatever it begins with."""
    return f"'{text}" if text.startswith(FORMULA) else text


def _cells(event: "Event", wording: Wording) -> list[str]:
    at = event.wall_start or wording.here(event.at)
    return [
        f"{at:%Y-%m-%d %H:%M}",
        event.kind.value,
        event.number,
        event.title if event.number else title_of(event.title),
        event.status.value if event.status else "",
        event.with_whom,
        event.by,
    ]


def month_of(event: "Event", wording: Wording) -> date:
    """The first day of the month that an entry belongs to, by the shop's clock."""
    at = event.wall_start or wording.here(event.at)
    return at.date().replace(day=1)
