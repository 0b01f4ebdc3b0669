"""A short form inside a sheet: a field or two and the button that does it, shown when it is asked for."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from posapp.ui.customers.identity_notice import IdentityNotice
from posapp.ui.fields import Form
from posapp.ui.fields.labeled import LabeledField
from posapp.ui.layout import STRETCH, columns, rows
from posapp.ui.widgets.buttons import button


class SmallForm(Form):
    """Emits `accepted` with every field right. `notice` is for what a desk says about the values."""

    cancelled = Signal()

    def __init__(
        self,
        fields: Sequence[LabeledField],
        action: str,
        *,
        icon: str = "",
        can_cancel: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        for field in fields:
            self.add_field(field)
        self.notice = IdentityNotice()
        save = button(action, size="s", icon=icon)
        self.set_save_button(save)
        cancel = (
            button(self.tr("Cancel"), kind="quiet", size="s", run=self.cancelled.emit) if can_cancel else None
        )
        foot = columns(save, cancel, STRETCH, gap=6)
        rows(*fields, self.notice, self.summary, foot, gap=8, host=self)
        self.edited.connect(self.summary.hide)

    def empty(self) -> None:
        """Take everything out again."""
        for field in self._fields:
            field.set_text("")
        self.clear_problems()
        self.notice.say(None)

    def has_typed(self) -> bool:
        """Whether something stands in it that is not saved yet."""
        return bool(self.snapshot())
