"""A form over a record that another till may change meanwhile: nothing typed is lost, theirs is shown."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Signal

from posapp.domain.repairs.tickets import Ticket
from posapp.ui.alive import while_alive
from posapp.ui.fields import Form
from posapp.ui.fields.labeled import LabeledField
from posapp.ui.presenter import code_of
from posapp.ui.window.notices import Message, Step


class MergingForm(Form):
    """Knows what each field showed when it was read, so that untouched fields follow the record.

    `saved` has the record as it was, and as it is; `stale` asks for it anew, since another till changed it.
    """

    saved = Signal(object, object)
    stale = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._shown: dict[str, str] = {}

    def put(self, field: LabeledField, text: str) -> None:
        """Show a value of the record; fields that read more than words replace it."""
        field.set_text(text)

    def merge(self, texts: Mapping[str, str], who: str) -> None:
        """Show the record as it is now: what was typed stays, and what `who` wrote instead is said."""
        theirs = []
        for name, text in texts.items():
            field = self.field(name)
            if field is None:
                continue
            before = self._shown.get(name)
            if before is None or field.text() == before:
                if field.text() != text:
                    self.put(field, text)
                self._shown[name] = field.text()
                continue
            if text not in (before, field.text()):
                theirs.append((field, text))
            self._shown[name] = text
        if theirs:
            self._tell(theirs, who)

    def texts(self) -> dict[str, str]:
        """What stands in the fields."""
        return {field.name: field.text() for field in self._fields}

    def send(
        self,
        write: Callable[[Callable[..., None], Callable[..., None]], None],
        before: object,
        after: Callable[[Ticket], object],
    ) -> None:
        """Ask the desk; `after` finds the record in the ticket that it answers with."""
        sent = self.texts()
        self.set_saving(True)

        def done(ticket: Ticket) -> None:
            self.settle(sent)
            self.saved.emit(before, after(ticket))

        write(while_alive(self, done), while_alive(self, self.refused))

    def settle(self, sent: Mapping[str, str] | None = None) -> None:
        """It was saved: the record says what was sent, and what was typed since is not saved yet."""
        if self.is_saving:
            self._end_saving()
        self._shown = dict(sent) if sent is not None else self.texts()
        self.summary.hide()

    def _end_saving(self) -> None:
        """A button that could not be pressed meanwhile has lost the focus by that."""
        save = self.save_button
        had_focus = save is not None and save.hasFocus()
        self.set_saving(False)
        if save is not None and had_focus:
            save.setFocus()

    def typed(self) -> dict[str, str]:
        """What is typed and not saved, for a draft: name of the field to text."""
        texts = self.texts().items()
        return {name: text for name, text in texts if text != self._shown.get(name, "")}

    def restore_typed(self, kept: Mapping[str, object]) -> None:
        """Put back what `typed` gave, over what the record says."""
        for field in self._fields:
            if field.name in kept:
                field.set_text(str(kept[field.name]))

    def discard_typed(self) -> None:
        """Show the record again."""
        for name in self.changed():
            field = self.field(name)
            if field is not None:
                self.put(field, self._shown.get(name, ""))
        self.settle()

    def changed(self) -> set[str]:
        """Names of the fields in which something else is typed than the record says."""
        return set(self.typed())

    def refused(self, error: Exception) -> None:
        """The desk said no; what was typed stays."""
        self.refuse(error)
        if code_of(error) == "changed_elsewhere":
            self.stale.emit()

    def _tell(self, theirs: list[tuple[LabeledField, str]], who: str) -> None:
        nothing = self.tr("nothing")
        parts = [f"{field.label.text()}: {text or nothing}" for field, text in theirs]
        words = self.tr("{who} changed this. {what}. What you typed is kept; save to use it.")

        def take() -> None:
            for field, text in theirs:
                self.put(field, text)
            self.settle()
            theirs[0][0].editor.setFocus()

        step = Step(self.tr("Take theirs"), take)
        self.summary.show_message(Message(words.format(who=who, what=", ".join(parts)), "warning", (step,)))
