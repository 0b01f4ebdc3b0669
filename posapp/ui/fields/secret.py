"""Fields for what nobody may read: a PIN or password, and the same once more. No draft keeps them."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from posapp.domain.base.errors import DomainError
from posapp.ui.fields.edits import LineEdit
from posapp.ui.fields.labeled import LabeledField


class SecretField(LabeledField):
    """A line that shows dots. `read` judges what is typed; `missing` is said of an empty one."""

    is_secret = True

    def __init__(self, name: str, text: str, *, read: Callable[[str], str] = str, missing: str = "") -> None:
        edit = LineEdit("lock")
        super().__init__(name, text, edit)
        self._read, self._missing = read, missing
        edit.setEchoMode(QLineEdit.EchoMode.Password)
        edit.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhNoPredictiveText
            | Qt.InputMethodHint.ImhNoAutoUppercase
        )

    def is_empty(self) -> bool:
        """Space is typed, too: a password may have it."""
        return not self.text()

    def value(self) -> str:
        """What is typed, "" where it may stay empty; raises `DomainError` for what is no good secret."""
        if not self.text():
            if self._missing:
                raise DomainError("text_missing", self._missing, field=self.name)
            return ""
        return self._read(self.text())


class AgainField(SecretField):
    """The same once more, because nobody saw what was typed. It is judged once there is something in both."""

    def __init__(self, name: str, text: str, first: SecretField, differs: str) -> None:
        super().__init__(name, text)
        self._first, self._differs = first, differs
        first.edited.connect(self.clear_problem)

    def value(self) -> str:
        """What is typed; raises `DomainError` secret_differs."""
        if self.text() != self._first.text():
            raise DomainError("secret_differs", self._differs, field=self.name)
        return self.text()
