"""The phone field: a number is looked at with every key, but complained about only when the field is left."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Signal

from posapp.domain.base.errors import DomainError
from posapp.ui.fields.edits import LineEdit
from posapp.ui.fields.labeled import LabeledField

if TYPE_CHECKING:
    from posapp.domain.base.phone import PhoneNumber


class PhoneField(LabeledField):
    """Gives a `PhoneNumber`. `number_changed` tells, while typing, which one it is now (or None)."""

    number_changed = Signal(object)

    def __init__(self, name: str = "phone", text: str = "", *, region: str, required: bool = True) -> None:
        edit = LineEdit("phone")
        super().__init__(name, text or QCoreApplication.translate("PhoneField", "Phone"), edit)
        self.region, self._required = region, required
        self.number: PhoneNumber | None = None
        """The number that is typed, None while it is none."""
        edit.textChanged.connect(self._typed)

    def set_region(self, region: str) -> None:
        """Read what is typed with the habits of another country."""
        if region != self.region:
            self.region = region
            self._typed()

    def value(self) -> "PhoneNumber | None":
        """The number; None only where the field may stay empty."""
        from posapp.domain.base.phone import PhoneNumber

        if not self._required and self.is_empty():
            return None
        if self._required and self.is_empty():
            raise DomainError("phone_missing", self.tr("Enter a phone number."), field=self.name)
        return PhoneNumber.parse(self.text(), region=self.region)

    def leave(self) -> None:
        """Judge the number now; an unusual one is taken, with a hint, and so is one that may lack digits."""
        from posapp.domain.base.phone import PhoneState, phone_state

        super().leave()
        if self.number is None or self.number.mark is None:
            return
        if phone_state(self.text(), self.region).state is PhoneState.INCOMPLETE:
            self.say(self.tr("Number not complete yet."), "text2")
        else:
            self.say(f"{self.number.mark.shown.capitalize()}.", "text2")

    def _typed(self) -> None:
        self.clear_problem()
        number = self._read()
        edit = self.editor
        if isinstance(edit, LineEdit):
            edit.set_mark("circle-check" if number is not None else "", "success")
        if number != self.number:
            self.number = number
            self.number_changed.emit(number)

    def _read(self) -> "PhoneNumber | None":
        if self.is_empty():
            return None
        try:
            return self.value()
        except DomainError:
            return None
