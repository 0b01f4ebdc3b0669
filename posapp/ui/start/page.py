"""What stands in the window until the shop is open: a search field that already takes what is typed."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from posapp.ui.fields.search_field import SearchField
from posapp.ui.layout import STRETCH, columns, put, rows
from posapp.ui.theme import theme
from posapp.ui.widgets.buttons import button
from posapp.ui.widgets.cards import Card
from posapp.ui.widgets.labels import label
from posapp.ui.window.notices import Step
from posapp.ui.window.page import Page
from posapp.ui.window.shell import Shell


class StartPage(Page):
    """The Desk's search field at its place, for keys typed while the shop opens."""

    shows_search = True

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.search = SearchField()
        px = theme().px
        column = rows(self.search, STRETCH)
        self.search.setFixedWidth(px(344))
        columns(column, STRETCH, pad=16, host=self)

    def title(self) -> str:
        """The same as the Desk's, so that nothing jumps."""
        return self.tr("Desk")

    def first_field(self) -> QWidget | None:
        """Where keys wait."""
        return self.search

    def typed(self) -> str:
        """What was typed before the shop was open."""
        return self.search.text()


_IN_A_ROW = 3


class TroublePage(Page):
    """The shop cannot be opened: what happened, that nothing is lost, and the ways out.

    The same where a question has to be answered first: `title` and `more` say so.
    """

    shows_search = True

    def __init__(
        self, shell: Shell, sentence: str, steps: Sequence[Step], *, title: str = "", more: str = ""
    ) -> None:
        super().__init__(shell)
        px = theme().px
        card = Card(title or self.tr("The shop cannot be opened"))
        card.setMaximumWidth(px(640))
        said = label(sentence, "strong", wrap=True)
        said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        more = more or self.tr("What was saved is as it was. Choose how to go on.")
        self._buttons = [
            button(step.text, kind="" if number else "primary", run=step.run)
            for number, step in enumerate(steps)
        ]
        lay = columns if len(steps) <= _IN_A_ROW else rows
        ways = lay(*self._buttons, STRETCH, gap=8)
        put(card.body, rows(said, label(more, tone="text2", wrap=True), ways, gap=12, pad=16))
        outer = rows(card, pad=(16, 48, 16, 16), host=self)
        outer.setAlignment(card, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)

    def title(self) -> str:
        """What the top bar says."""
        return self.tr("Start")

    def first_field(self) -> QWidget | None:
        """The first way out."""
        return self._buttons[0] if self._buttons else None

    def escape(self) -> bool:
        """There is nothing behind it: the page of the start would take keys for nobody."""
        return True
