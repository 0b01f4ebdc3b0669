"""What stands in the window until the shop is open: a search field that already takes what is typed."""

from PySide6.QtWidgets import QWidget

from posapp.ui.fields.search_field import SearchField
from posapp.ui.layout import STRETCH, columns, rows
from posapp.ui.theme import theme
from posapp.ui.window.page import Page
from posapp.ui.window.shell import Shell


class StartPage(Page):
    """The Desk's search field at its place, for keys typed while the shop opens."""

    shows_search = True

    def __init__(self, shell: Shell, *, is_open: bool = True) -> None:
        """`is_open`: nobody has to sign in, as far as is known; else there is nothing to type into."""
        super().__init__(shell)
        self.search = SearchField()
        px = theme().px
        column = rows(self.search, STRETCH)
        self.search.setFixedWidth(px(344))
        columns(column, STRETCH, pad=16, host=self)
        self.search.setVisible(is_open)

    def title(self) -> str:
        """The same as the Desk's, so that nothing jumps."""
        return self.tr("Desk")

    def first_field(self) -> QWidget | None:
        """Where keys wait."""
        return self.search if self.search.isVisibleTo(self) else None

    def typed(self) -> str:
        """What was typed before the shop was open."""
        return self.search.text()
