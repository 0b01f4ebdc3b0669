"""The screens of a window, made when they are first needed, and the trail that Esc goes back on."""

from collections.abc import Callable, Iterator

from posapp.domain.base.actor import Permission
from posapp.ui.widgets.scroll import Scroller
from posapp.ui.widgets.stack import Stack
from posapp.ui.window.page import Page, PageEntry
from posapp.ui.window.shell import Shell


class Pages:
    """Every screen is made when it is first needed."""

    def __init__(self, shell: Shell) -> None:
        self._shell = shell
        self._entries: dict[str, PageEntry] = {}
        self._made: dict[str, Page] = {}
        self._trail: list[str] = []

    def __iter__(self) -> Iterator[Page]:
        """The screens that are made."""
        return iter(list(self._made.values()))

    def add(self, entry: PageEntry) -> None:
        """A further line of the table."""
        self._entries[entry.id] = entry

    def make(self, page_id: str) -> Page:
        """The screen of that id, made now if it was never needed; KeyError for an unknown one."""
        if page_id not in self._made:
            self._made[page_id] = self._entries[page_id].make(self._shell)
        return self._made[page_id]

    def word(self, page_id: str) -> str:
        """What the rail calls it, "" for an unknown one."""
        return self._entries[page_id].word if page_id in self._entries else ""

    def needs(self, page_id: str) -> Permission | None:
        """What somebody must be allowed to do to open it; KeyError for an unknown one."""
        return self._entries[page_id].needs

    def marked(self, page_id: str) -> str:
        """Which one the rail marks while that screen is in front."""
        return self._entries[page_id].under or page_id

    def first(self, may: Callable[[Permission | None], bool]) -> str:
        """The first screen of the rail that may be opened, "" if there is none."""
        found = (one.id for one in self._entries.values() if one.in_rail and may(one.needs))
        return next(found, "")

    @property
    def current(self) -> Page | None:
        """The screen in front."""
        return self._made.get(self.current_id)

    @property
    def current_id(self) -> str:
        """Its id, "" before the first."""
        return self._trail[-1] if self._trail else ""

    @property
    def before_id(self) -> str:
        """Where Esc goes back to, "" on the first."""
        return self._trail[-2] if len(self._trail) > 1 else ""

    def go_to(self, page_id: str) -> None:
        """It is in front now: one of the rail begins the trail anew, one that was passed cuts it there."""
        if self._entries[page_id].in_rail:
            self._trail = [page_id]
        elif page_id in self._trail:
            self._trail = self._trail[: self._trail.index(page_id) + 1]
        else:
            self._trail.append(page_id)


class PageStack(Stack):
    """The screens, one in front of the others; one that needs more room than there is scrolls."""

    def __init__(self) -> None:
        super().__init__()
        self._around: dict[Page, Scroller] = {}

    def take_in(self, page: Page) -> bool:
        """It has its place from now on; False if it had one."""
        if page in self._around:
            return False
        self._around[page] = Scroller(page, sideways=True)
        self.addWidget(self._around[page])
        return True

    def bring_up(self, page: Page) -> None:
        """This one is in front."""
        self.setCurrentWidget(self._around[page])
