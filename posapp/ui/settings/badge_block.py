"""The badge of a user in their form: whether there is one, a new one, and its code while it can be seen."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from posapp.ui.layout import held, rows
from posapp.ui.settings.section import block, in_a_row
from posapp.ui.widgets.buttons import button
from posapp.ui.widgets.labels import label, remark
from posapp.ui.wording import translator

_tr = translator("Settings")


class BadgeBlock(QWidget):
    """Asks by signals; the code is told once and kept nowhere."""

    new_asked = Signal()
    end_asked = Signal()
    print_asked = Signal()
    save_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.code = ""
        self.state = remark("")
        self.new_button = button("", size="s", icon="qr-code", run=self.new_asked.emit)
        self.end_button = button(_tr("End badge"), size="s", icon="circle-x", run=self.end_asked.emit)
        self.shown = label("", "small", weight=600, wrap=True)
        self.shown.setAccessibleName(_tr("Code of the badge"))
        self.print_button = button(_tr("Print badge"), size="s", icon="printer", run=self.print_asked.emit)
        self.save_button = button(_tr("Save as PDF…"), size="s", icon="download", run=self.save_asked.emit)
        once = remark(_tr("The code is shown once. Print or save the badge now; a lost one is replaced."))
        paper = in_a_row(self.print_button, self.save_button)
        self._fresh = held(rows(self.shown, once, paper, gap=8))
        choices = in_a_row(self.new_button, self.end_button)
        rows(block(_tr("Badge"), "", self.state, choices), self._fresh, gap=8, host=self)
        self.show_state(has_badge=False)

    def show_state(self, *, has_badge: bool, code: str = "") -> None:
        """Whether the user has a badge; `code` is that of one made just now."""
        self.code = code
        none = _tr("None. A scanned badge signs in without a PIN.")
        self.state.setText(_tr("Has a badge. A new one ends it.") if has_badge else none)
        self.new_button.setText(_tr("Replace badge") if has_badge else _tr("New badge"))
        self.end_button.setVisible(has_badge)
        self.shown.setText(code)
        self._fresh.setVisible(bool(code))
        if code:
            QTimer.singleShot(0, self.print_button, self.print_button.setFocus)  # once there is room for it
