"""One record on a page or sheet: read, tried again, followed when it changes elsewhere, and saved once.

`Saving` is for every form, also one that makes a new record; `RecordPage` is the sheet over one that exists.
Both keep the form's draft: it is marked as on its way while the desk has it, and forgotten on the lane as
soon as it is saved, because the window may be gone before the answer comes.
"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from posapp.domain.base.errors import PosappError
from posapp.ui.fields import Form
from posapp.ui.presenter import code_of, sentence_of, why_not_saved
from posapp.ui.record.draft_bar import DraftBar
from posapp.ui.record.drafts import DraftKeeper, Forget, KeptForms
from posapp.ui.window.notices import Notices

if TYPE_CHECKING:
    from posapp.domain.base.journal import Change
    from posapp.ui.wording import Wording

Done = Callable[[Any], None]
Failed = Callable[[Exception], None]
Ask = Callable[[Done, Failed, Forget], object]
"""Gives the command to the desk; the last one is called on the lane as soon as it is saved."""


class Saving(QObject):
    """Saves what is in a form, once: while it is on its way a second press does nothing.

    A refusal stands at its field or above the buttons; nothing that was typed is lost by it.
    """

    def __init__(self, form: Form, keeper: DraftKeeper, *, is_read_only: Callable[[], bool]) -> None:
        super().__init__(form)
        self._form, self._keeper, self._is_read_only = form, keeper, is_read_only

    def save(self, ask: Ask, done: Done, *, stale: Callable[[], object] | None = None) -> bool:
        """Ask the desk; `stale` reads the record anew when another till changed it. False: not begun."""
        form = self._form
        if form.is_saving:
            return False
        if self._is_read_only():
            form.summary.say(self.tr("The database does not answer. The draft is kept."), "danger")
            return False
        forget_on_lane, forget = self._keeper.send(), self._keeper.sent()
        form.set_saving(True)
        ask(partial(self._saved, forget, done), partial(self._refused, stale), forget_on_lane)
        return True

    def _saved(self, forget: Forget, done: Done, answer: Any) -> None:
        forget()
        if isValid(self):  # Esc may have closed the sheet by then
            self._form.set_saving(False)
            self._form.settle_save()
            self._keeper.answered(is_saved=True)
            done(answer)

    def _refused(self, stale: Callable[[], object] | None, error: Exception) -> None:
        if not isValid(self):
            return
        self._form.set_saving(False)
        self._keeper.answered(is_saved=False)
        if not isinstance(error, PosappError):
            self._form.summary.say(why_not_saved(error), "danger")
            return
        if error.code == "changed_elsewhere" and stale is not None:
            self._form.summary.say(error.sentence, "warning")
            stale()
        else:
            self._form.show_error(error)


class RecordPage(QWidget):
    """Base of the sheets over one record.

    A subclass says whose it is (`mark`), what is typed (`typed`), puts that back (`put_typed`), shows the
    record again without it (`untype`), and reads the record (`read`). It lays `notice` out on top, calls
    `begin_draft` when the record is shown first, and `edited` whenever something is typed.
    """

    subjects: frozenset[str] = frozenset()
    """What another screen or till may change of the record: then it is read again."""

    def __init__(self, forms: KeptForms, notices: Notices, wording: "Wording") -> None:
        super().__init__()
        self._notices, self._wording = notices, wording
        self.notice = DraftBar(self)
        self.notice.discarded.connect(self.discard)
        self.keeper = DraftKeeper(forms, self.mark, self.typed, self)

    # -- what a subclass says ----------------------------------------------------------------------
    def mark(self) -> str | None:
        """Whom or what the sheet is about; None while it was not read yet."""
        raise NotImplementedError

    def typed(self) -> Mapping[str, Any]:
        """What is typed and not saved, empty for nothing."""
        raise NotImplementedError

    def put_typed(self, values: Mapping[str, Any]) -> None:
        """Put back what `typed` gave, over what the record says."""
        raise NotImplementedError

    def untype(self) -> None:
        """Show the record again, without what was typed, and give the focus its place."""
        raise NotImplementedError

    def read(self) -> None:
        """Read the record anew."""
        raise NotImplementedError

    def arrange(self) -> None:
        """Let Tab go as it is read; called when the buttons of the notice came."""

    # -- reading -----------------------------------------------------------------------------------
    def read_failed(self, error: Exception) -> None:
        """The record could not be read: why, and the way to try again."""
        self.notice.offer_again(sentence_of(error, self.tr("This cannot be read.")), self.read)

    def failed(self, error: Exception) -> None:
        """A desk said no: why stands on top, and what is true now is shown."""
        self.notice.say(sentence_of(error), "danger")
        if code_of(error) == "changed_elsewhere":
            self.read()

    def changed(self, changes: "list[Change]") -> None:
        """Something was written, here or elsewhere: read again if it is about this record."""
        if {change.subject for change in changes} & self.subjects:
            self.read()

    # -- what is typed -----------------------------------------------------------------------------
    def edited(self) -> None:
        """Something was typed."""
        self.keeper.soon()

    def begin_draft(self) -> None:
        """What was typed into this sheet before is there again, and said; without it nothing is."""
        draft = self.keeper.found()
        if draft is None:
            return
        self.put_typed(draft.values)
        if self.keeper.is_typed:
            self.notice.show_draft(draft, self._wording)
            self.arrange()
        else:
            self.keeper.forget()  # the record says the same by now

    def discard(self) -> None:
        """What was typed is not wanted."""
        self.notice.hide()
        self.untype()
        self.keeper.forget()

    def keep_draft(self) -> bool:
        """Keep what is typed and not saved; False if there is nothing."""
        return self.keeper.keep()

    def showEvent(self, event: QShowEvent) -> None:
        """Tab is put in order once the sheet has its place in the window: before, it ends where it begins."""
        super().showEvent(event)
        if not event.spontaneous():
            self.arrange()

    def hideEvent(self, event: QHideEvent) -> None:
        """Closed by Esc or by another sheet: nothing is lost."""
        super().hideEvent(event)
        if not event.spontaneous() and self.keep_draft():
            self._notices.toast(self.tr("Draft kept"))
