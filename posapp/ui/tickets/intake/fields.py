"""Fields of the intake: words that learn, IMEI or serial, passcode, fault, a day that may be empty."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QRectF, QSignalBlocker, QSize, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import QCompleter, QLineEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from posapp.domain.base.errors import DomainError
from posapp.domain.repairs.devices import DeviceKind
from posapp.services.base.passcodes import check_passcode
from posapp.ui.fields import Combo, DayField, LabeledField, LineEdit, NoteField, TimeField
from posapp.ui.tables import Index
from posapp.ui.theme import theme
from posapp.ui.tickets.intake.draft import check_mark, fault_missing, takes_imei
from posapp.ui.widgets.paint import box, key_words
from posapp.ui.wording import Wording

_MOST_WORDS = 500
_WHOLE_IMEI, _WORD_ROW = 15, 34
_SHOW = "Ctrl+Space"


class _OfferedWord(QStyledItemDelegate):
    """A row of the offered words, as high and as wide as those of a list that is opened."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(super().sizeHint(option, index).width(), theme().tool_height(_WORD_ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look, tokens = theme(), theme().tokens
        rect = option.rect
        if option.state & QStyle.StateFlag.State_Selected:
            inset = look.px(4)
            box(painter, QRectF(rect).adjusted(inset, 1, -inset, -1), look.px(5), tokens.selection)
        side = look.px(12)
        painter.setPen(tokens.text)
        painter.setFont(look.font("field"))
        painter.drawText(
            rect.adjusted(side, 0, -side, 0),
            Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading,
            str(index.data()),
        )


class WordsField(LabeledField):
    """Any words; those that were used before are offered while typing and on Down."""

    def __init__(self, name: str, text: str, words: Iterable[str] = ()) -> None:
        self.combo = Combo(editable=True)
        super().__init__(name, text, self.combo)
        self.missing: Callable[[], DomainError | None] = lambda: None
        completer = self.combo.completer()
        assert completer is not None  # every editable box has one
        # Not inline: that would turn "iPhone 13" into the longer model that is known.
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        popup = completer.popup()
        assert popup is not None
        popup.setProperty("role", "popup")
        popup.setAccessibleName(text)
        popup.setItemDelegate(_OfferedWord(popup))
        self.combo.take_list(popup)
        self.learn(words)
        self.combo.setEditText("")
        self.combo.editTextChanged.connect(self.edited)

    def value(self) -> str:
        """The words; raises `DomainError` where the form says that they are missing."""
        problem = self.missing()
        if problem is not None:
            raise problem
        return self.text().strip()

    def learn(self, words: Iterable[str]) -> None:
        """Offer these too."""
        known = {self.combo.itemText(row).casefold() for row in range(self.combo.count())}
        fresh = [word for word in words if word and word.casefold() not in known]
        room = max(_MOST_WORDS - self.combo.count(), 0)
        if not fresh[:room]:
            return
        text = self.text()
        with QSignalBlocker(self.combo):
            self.combo.addItems(fresh[:room])
            if self.text() != text:
                self.combo.setEditText(text)

    def set_text(self, text: str) -> None:
        """Put a text in without asking for anything."""
        with QSignalBlocker(self.combo):
            super().set_text(text)


class MarkField(LabeledField):
    """IMEI or serial. The check digit is a hint while typing, and a sentence when the field is left."""

    def __init__(self, name: str, text: str) -> None:
        self.edit = LineEdit()
        super().__init__(name, text, self.edit)
        self.kind: str = DeviceKind.PHONE.value
        self.objection = ""
        self.edit.setMaxLength(120)
        self.edit.textChanged.connect(self._hint)
        self._dress()
        theme().changed.connect(self._dress)

    def value(self) -> str:
        """The text as typed; raises `DomainError` imei_wrong, serial_long or device_here."""
        check_mark(self.kind, self.text())
        if self.objection:
            raise DomainError("device_here", self.objection, field=self.name)
        return self.text().strip()

    def set_kind(self, kind: str) -> None:
        """Another kind of device: other digits are an IMEI."""
        self.kind = kind
        self._hint()

    def heard(self) -> None:
        """What was said about another mark is gone."""
        self.objection = ""
        self.clear_problem()
        self.edited.emit()

    def _dress(self) -> None:
        self.edit.setFont(theme().font("body", mono=True))

    def _hint(self) -> None:
        text = self.text().strip()
        digits = sum(character.isdigit() for character in text)
        if not text or not takes_imei(self.kind, text) or digits < _WHOLE_IMEI:
            self.edit.set_mark("" if text else "scan-barcode")
            return
        try:
            check_mark(self.kind, text)
        except DomainError:
            self.edit.set_mark("circle-alert", "warning")
            self.edit.setAccessibleDescription(self.tr("The check digit does not fit yet"))
            return
        self.edit.set_mark("circle-check", "success")
        self.edit.setAccessibleDescription(self.tr("The check digit fits"))


class _PasscodeEdit(LineEdit):
    def __init__(self, words: str) -> None:
        super().__init__()
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setMaxLength(60)
        self.eye = self.put_button("eye", words, side=32, gap=4, key=_SHOW)
        self.setAccessibleDescription(f"{words} ({key_words(_SHOW)})")
        self.eye.pressed.connect(lambda: self._show(True))
        self.eye.released.connect(lambda: self._show(False))

    def _show(self, is_shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if is_shown else QLineEdit.EchoMode.Password
        self.setEchoMode(mode)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_shown = (
            event.key() == Qt.Key.Key_Space and event.modifiers() == Qt.KeyboardModifier.ControlModifier
        )
        if is_shown:
            self._show(True)
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        super().keyReleaseEvent(event)
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self._show(False)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._show(False)

    def _fit(self) -> None:
        self.setTextMargins(0, 0, theme().px(20), 0)


class PasscodeField(LabeledField):
    """Passcode or pattern in dots; the eye shows it while it is held. It keeps out of drafts by itself."""

    def __init__(self, name: str, text: str) -> None:
        edit = _PasscodeEdit(self.tr("Show the passcode while held"))
        super().__init__(name, text, edit)
        self.eye = edit.eye

    def value(self) -> str:
        """The passcode; raises `DomainError` passcode_invalid."""
        return check_passcode(self.text())

    def snapshot(self) -> object:
        """Never in clear text: the draft seals it."""
        return ""


class FaultField(NoteField):
    """What is wrong, in the customer's words; ticked chips may say all of it."""

    def __init__(self, name: str, text: str, *, limit: int) -> None:
        super().__init__(name, text, lines=2, limit=limit)
        self.is_said: Callable[[], bool] = lambda: False

    def value(self) -> str:
        """The words; raises `DomainError` fault_missing where chips say nothing either."""
        words = super().value()
        if not words and not self.is_said():
            raise fault_missing()
        return words


class OptionalDay(DayField):
    """A day that nobody has to promise."""

    def problem(self) -> DomainError | None:
        """An empty field is right."""
        return None if self.is_empty() else super().problem()


class OptionalTime(TimeField):
    """The time of a day that nobody has to promise; needed as soon as there is one."""

    def __init__(self, name: str, text: str, *, wording: Wording, day: OptionalDay) -> None:
        super().__init__(name, text, wording=wording)
        self._day = day

    def problem(self) -> DomainError | None:
        """An empty field is right without a day."""
        return None if self.is_empty() and self._day.is_empty() else super().problem()
