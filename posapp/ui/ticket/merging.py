"""A form over a part of a ticket that another till may change meanwhile: nothing typed is lost."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from posapp.ui.fields import Form
from posapp.ui.fields.labeled import LabeledField
from posapp.ui.window.notices import Message, Step


class MergingForm(Form):
    """Knows what each field showed when it was read, so that untouched fields follow the record.

    It is saved with everything else on the page. `theirs` says what another till wrote under what is typed.
    """

    theirs = Signal(object)  # Message

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: dict[str, str] = {}

    def fields(self) -> list[LabeledField]:
        """All of them: some stand in popups of the head."""
        return list(self._fields)

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

    def settle(self, sent: Mapping[str, str]) -> None:
        """It was saved: the record says what was sent, and what was typed since is not saved yet."""
        self._shown = dict(sent)

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
        for name in self.typed():
            field = self.field(name)
            if field is not None:
                self.put(field, self._shown.get(name, ""))

    def wrong(self) -> LabeledField | None:
        """The first field that cannot be saved as it stands, which says why."""
        names = self.typed()
        return next((one for one in self._fields if one.name in names and one.check() is not None), None)

    def _tell(self, theirs: list[tuple[LabeledField, str]], who: str) -> None:
        nothing = self.tr("nothing")
        parts = [f"{field.label.text()}: {text or nothing}" for field, text in theirs]
        words = self.tr("{who} changed this. {what}. What you typed is kept; save to use it.")

        def take() -> None:
            for field, text in theirs:
                self.put(field, text)
            self.edited.emit()
            theirs[0][0].editor.setFocus()

        step = Step(self.tr("Take theirs"), take)
        self.theirs.emit(Message(words.format(who=who, what=", ".join(parts)), "warning", (step,)))
