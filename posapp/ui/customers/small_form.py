"""A short form inside a sheet: a field or two and the button that does it, shown when it is asked for."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from posapp.ui.customers.identity_notice import IdentityNotice
from posapp.ui.fields import Form
from posapp.ui.fields.labeled import LabeledField
from posapp.ui.theme import theme
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
        px = theme().px
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        for field in fields:
            column.addWidget(self.add_field(field))
        self.notice = IdentityNotice()
        column.addWidget(self.notice)
        column.addWidget(self.summary)
        save = button(action, size="s", icon=icon)
        self.set_save_button(save)
        row = QHBoxLayout()
        row.setSpacing(px(6))
        row.addWidget(save)
        if can_cancel:
            row.addWidget(button(self.tr("Cancel"), kind="quiet", size="s", run=self.cancelled.emit))
        row.addStretch(1)
        column.addLayout(row)
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
