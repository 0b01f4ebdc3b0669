"""Ctrl+Z and Ctrl+Y: what is asked or in the air first, then the last step; after a question if elsewhere."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from posapp.ui.focus_filter import focused
from posapp.ui.scanner_fields import editor_of
from posapp.ui.window.front import Front
from posapp.ui.window.notices import Notices, Step
from posapp.ui.window.pages import Pages
from posapp.ui.window.shortcuts import can_turn_text

if TYPE_CHECKING:
    from posapp.ui.window.ask_bar import AskBar


class Undoing(QObject):
    """Takes back and does again what `notices` keeps; the question stands over `host`."""

    asked = Signal()
    """The question is there: the toast would offer the same."""

    def __init__(self, host: QWidget, notices: Notices, pages: Pages, front: Front) -> None:
        super().__init__(host)
        self._host, self._notices, self._pages, self._front = host, notices, pages, front
        self._ask: AskBar | None = None

    def close(self) -> bool:
        """Close the question; False if it was not open."""
        return self._ask is not None and self._ask.close_bar()

    def dismiss(self) -> None:
        """Another screen comes: the question is over."""
        if self._ask is not None:
            self._ask.dismiss()

    def undo(self) -> None:
        """Take back the last step."""
        notices = self._notices
        if self._put_back():
            return
        if notices.steps.is_turning:
            notices.status(self.tr("One moment"))
        elif notices.belongs_elsewhere():
            self._ask_first()
        elif not notices.undo_last():
            notices.status(self.tr("Nothing to undo"))

    def redo(self) -> None:
        """Do again what was taken back; the text of a field first."""
        if self._put_back():
            return
        field = focused()
        if field is not None and can_turn_text(field, is_redo=True):
            editor = editor_of(field)
            assert editor is not None
            editor.redo()
        elif not self._notices.redo_last():
            self._notices.status(self.tr("Nothing to do again"))

    def _put_back(self) -> bool:
        """Close what is asked, or put back what is being moved; nothing else is done then."""
        is_closed, page = self._front.close_questions(), self._pages.current
        return is_closed or (page is not None and page.close_question())

    def _ask_first(self) -> None:
        """The last step was made elsewhere: name it and its place; the safe answer has the focus."""
        from posapp.ui.window.ask_bar import AskBar

        last = self._notices.steps.last
        assert last is not None
        if self._ask is None:
            self._ask = AskBar(self._host)
        page, _ = self._notices.where()
        words = self.tr("Take back “{what}”? It was done for another customer.")
        if last.page != page:
            words = self.tr("Take back “{what}”? It was done on the screen {screen}.")
        ask = self._ask
        self.asked.emit()

        def take_back() -> None:
            ask.settle()
            if self._notices.steps.last is last:
                self._notices.undo_last()

        ask.say(
            words.format(what=last.text, screen=self._pages.word(last.page)),
            (Step(self.tr("Take it back"), take_back),),
            tone="info",
            is_safe=True,
        )
