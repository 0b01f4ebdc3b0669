"""Says that a draft came back: whose it is, when it was typed, and *Discard*, by button or by key."""

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from posapp.ui.window.notice_bar import NoticeBar
from posapp.ui.window.notices import Message, Step

if TYPE_CHECKING:
    from posapp.services.base.kept_forms import Draft
    from posapp.ui.wording import Wording

DISCARD = "Alt+Delete"
"""No field edits with it, so it works wherever the focus is in the form."""


class DraftBar(NoticeBar):
    """The notice of a form; `host` is the form (or sheet) in which the key works while a draft is shown."""

    discarded = Signal()

    def __init__(self, host: QWidget) -> None:
        super().__init__()
        self._draft: Draft | None = None
        self._key = QShortcut(
            QKeySequence(DISCARD), host, context=Qt.ShortcutContext.WidgetWithChildrenShortcut
        )
        self._key.setAutoRepeat(False)
        self._key.activated.connect(self.discarded)
        self._key.setEnabled(False)

    def show_draft(self, draft: "Draft", wording: "Wording") -> None:
        """The draft that stands in the form."""
        self._draft = draft
        parts = [self.tr("Draft restored"), _shown(draft.whose, wording)]
        if draft.at is not None:
            parts.append(self.tr("typed {when}").format(when=wording.moment(draft.at)))
        step = Step(self.tr("Discard"), self.discarded.emit, DISCARD)
        super().show_message(Message(" · ".join(filter(None, parts)), "info", (step,)))
        self._key.setEnabled(True)

    def rename(self, mark: str, wording: "Wording") -> None:
        """What was restored is about somebody else now."""
        if self.shows_draft and self._draft is not None and self._draft.mark != mark:
            self.show_draft(replace(self._draft, mark=mark), wording)

    @property
    def shows_draft(self) -> bool:
        """Whether *Discard* is offered."""
        return self._key.isEnabled()

    def show_message(self, message: Message) -> None:
        """Something else is said instead."""
        self._key.setEnabled(False)
        super().show_message(message)

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing to discard any more."""
        super().hideEvent(event)
        if not event.spontaneous() and self.isHidden():
            self._key.setEnabled(False)


def _shown(whose: str, wording: "Wording") -> str:
    """Somebody who has no PL ID yet is known by the phone, as the shop writes phones."""
    from posapp.domain.base.phone import PhoneNumber

    return wording.phone(PhoneNumber.from_key(whose)) if whose.startswith("+") else whose
