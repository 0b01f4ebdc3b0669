"""What the customer is told, by text or call, with a text that fits the state; and the note for the shop."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from posapp.domain.repairs.informing import ContactHow, texts_of
from posapp.ui.fields import NoteField, TextField
from posapp.ui.fields.edits import Combo
from posapp.ui.layout import columns, held, rows, wide
from posapp.ui.presenter import sentence_of
from posapp.ui.ticket.ready_texts import OWN, ReadyText
from posapp.ui.tickets.words import how_words
from posapp.ui.widgets.buttons import button
from posapp.ui.widgets.choices import Choice, Segmented
from posapp.ui.widgets.labels import label

TEXT, CALL, NOTE = "text", "call", "note"
_WAYS = {
    TEXT: (ContactHow.SMS, ContactHow.EMAIL, ContactHow.CHAT, ContactHow.LETTER),
    CALL: (ContactHow.PHONE, ContactHow.IN_PERSON),
}


class Talk(QWidget):
    """`told` has how, what was said and the answer; `note_asked` saves the note with everything else."""

    told = Signal(object, str, str)  # ContactHow, words, answer
    note_asked = Signal()
    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        choices = [
            Choice(TEXT, self.tr("Text")),
            Choice(CALL, self.tr("Call")),
            Choice(NOTE, self.tr("Note")),
        ]
        self.mode = Segmented(choices, name=self.tr("Text, call or note"))
        self.mode.set_current(TEXT)
        self.texts, self.way = Combo(), Combo()
        self.texts.setAccessibleName(self.tr("Ready text"))
        self.way.setAccessibleName(self.tr("How"))
        self.words = NoteField("words", self.tr("What was said"), lines=4, limit=1000)
        self.answer = TextField(
            "answer", self.tr("Answer"), placeholder=self.tr("Comes at six, no answer, …")
        )
        self.count = label("", "caption", tone="text2", wrap=True)
        self.go = button("", size="s", icon="send", key="Alt+S", run=self.submit)
        for above in (self.words.label, self.words.aside):
            above.hide()  # what it is stands above, on the chosen segment
        self._ready: Sequence[ReadyText] = ()
        self._key = OWN
        self._note: QWidget | None = None
        self._note_place = rows(gap=0)
        self._lay_out()
        self._bind()
        self._show_mode()

    def _lay_out(self) -> None:
        self._box = held(rows(self.words, self.answer, gap=6))
        foot = columns(wide(held(rows(self.way, self.count, gap=2))), self.go, gap=8)
        rows(
            columns(self.mode, wide(self.texts), gap=8),
            self._box,
            self._note_place,
            foot,
            gap=8,
            pad=(16, 10, 16, 12),
            host=self,
        )

    def _bind(self) -> None:
        self.mode.chosen.connect(lambda _key: self._show_mode())
        self.texts.activated.connect(lambda _row: self._take_text())
        self.way.currentIndexChanged.connect(lambda _row: self._count())
        for field in (self.words, self.answer):
            field.edited.connect(self._typed)

    def hold_note(self, field: QWidget) -> None:
        """The note of the ticket that is shown now stands here."""
        if self._note is not None:
            self._note_place.removeWidget(self._note)
        self._note = field
        self._note_place.addWidget(field)
        field.setVisible(self.mode.current() == NOTE)

    def show_texts(self, texts: Sequence[ReadyText], key: str, *, may_note: bool) -> None:
        """What fits the state of the device stands in the box, unless somebody typed there."""
        is_typed = self.is_typed
        self._ready = texts
        chosen = self.texts.currentIndex()
        self.texts.clear()
        self.texts.addItems([one.name for one in texts])
        keys = [one.key for one in texts]
        if is_typed:
            self.texts.setCurrentIndex(chosen)
        else:
            self._key = key
            self.texts.setCurrentIndex(keys.index(key))
            self.words.set_text(self._proposal())
        if self._note is not None:
            self._note.setEnabled(may_note)
        self._count()

    def _proposal(self) -> str:
        return next((one.words for one in self._ready if one.key == self._key), "")

    @property
    def is_typed(self) -> bool:
        """Whether somebody wrote other words than those that were ready."""
        return self.words.text() != self._proposal() or not self.answer.is_empty()

    def typed(self) -> dict[str, str]:
        """What a draft keeps."""
        if not self.is_typed:
            return {}
        return {"mode": self.mode.current(), "words": self.words.text(), "answer": self.answer.text()}

    def restore_typed(self, kept: Mapping[str, Any]) -> None:
        """Put back what `typed` gave."""
        if kept.get("mode") in (TEXT, CALL):
            self.mode.set_current(kept["mode"])
            self._show_mode()
        self.words.set_text(str(kept.get("words", "")))
        self.answer.set_text(str(kept.get("answer", "")))
        self._count()

    def forget(self) -> None:
        """It was noted, or is not wanted: the words that are ready stand there again."""
        self.answer.set_text("")
        self.words.set_text(self._proposal())
        self.words.clear_problem()
        self._count()

    def show_mode(self, mode: str) -> None:
        """Turn to one of the three, with the cursor in the box."""
        self.mode.set_current(mode)
        self._show_mode()
        if mode != NOTE:
            self.words.editor.setFocus()
        elif self._note is not None:
            self._note.setFocus()

    def submit(self) -> None:
        """Alt+S: note what was said, or save the note."""
        mode = self.mode.current()
        if mode == NOTE:
            self.note_asked.emit()
        elif self.words.is_empty():
            self.words.show_problem(self.tr("Say what the customer was told."))
            self.words.editor.setFocus()
        else:
            self.go.set_saving(True)
            self.told.emit(_WAYS[mode][self.way.currentIndex()], self.words.text(), self.answer.text())

    def noted(self) -> None:
        """It stands in the log."""
        self.go.set_saving(False)
        self.forget()

    def refused(self, error: Exception) -> None:
        """What is typed stays, with the reason below."""
        self.go.set_saving(False)
        self.words.show_problem(sentence_of(error))

    def _take_text(self) -> None:
        self._key = self._ready[self.texts.currentIndex()].key
        self.words.set_text(self._proposal())
        self.words.editor.setFocus()
        self._typed()

    def _typed(self) -> None:
        self._count()
        self.edited.emit()

    def _show_mode(self) -> None:
        mode = self.mode.current()
        is_note = mode == NOTE
        self._box.setVisible(not is_note)
        self.answer.setVisible(mode == CALL)
        for part in (self.texts, self.way, self.count):
            part.setVisible(not is_note)
        if self._note is not None:
            self._note.setVisible(is_note)
        if not is_note:
            self.way.clear()
            self.way.addItems([how_words(way) for way in _WAYS[mode]])
        words = {TEXT: self.tr("Note it"), CALL: self.tr("Note it"), NOTE: self.tr("Save")}
        icons = {TEXT: "message-square", CALL: "phone", NOTE: "save"}
        self.go.setText(words[mode])
        self.go.set_icon(icons[mode])
        self._count()

    def _count(self) -> None:
        words = self.words.text()
        parts = texts_of(words)
        said = self.tr("{n} characters, 1 text") if parts == 1 else self.tr("{n} characters, {parts} texts")
        shown = said.format(n=len(words), parts=parts)
        is_text = self.mode.current() == TEXT and self.way.currentIndex() == _WAYS[TEXT].index(ContactHow.SMS)
        self.count.setText(shown if is_text else "")
