"""The question to a manager: what it is about, who can approve it, and the pad for their PIN."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QWidget

from posapp.domain.people.users import Tile
from posapp.ui.approval.words import proof_word
from posapp.ui.layout import STRETCH, at, columns, rows, wide
from posapp.ui.own_keys import own_keys
from posapp.ui.scanner_keys import key_name
from posapp.ui.tables import OpenList, TwoLineDelegate, TwoLineRow
from posapp.ui.theme import theme
from posapp.ui.widgets.buttons import button
from posapp.ui.widgets.labels import label, line, remark
from posapp.ui.widgets.pin_pad import PinPad

LOCK = "F12"
_WIDTH, _LEFT = 760, 330


class ManagerDelegate(TwoLineDelegate):
    """Name, and how that manager can prove it."""

    def row_of(self, value: Tile) -> TwoLineRow:
        """Two lines."""
        return TwoLineRow(value.name, proof_word(value), icon="user-check")


class ApprovalDialog(QDialog):
    """`typed` tells whose PIN it would be, and the PIN; `scanned` the code of a badge. Esc gives up.

    It lies over one window and keeps everything else of it away, keys, scans and fingers alike.
    """

    typed = Signal(int, str)
    scanned = Signal(str)
    lock_asked = Signal()

    def __init__(self, parent: QWidget, action: str, about: str, who: str) -> None:
        super().__init__(parent)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(self.tr("Ask a manager"))
        self.setFixedWidth(theme().px(_WIDTH))
        self.managers = OpenList(
            self.tr("Managers"), ManagerDelegate(), lambda tile: f"{tile.name}, {proof_word(tile)}", self
        )
        self.managers.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.managers.setMinimumHeight(theme().px(180))
        self.pad = PinPad(4)
        self.pad.typed.connect(self._typed)
        self.pad.entered.connect(self.take_scan)
        self.managers.selectionModel().currentChanged.connect(lambda _now, _old: self._name())
        self.cancel = button(self.tr("Cancel"), size="l", key="Esc", run=self.reject)
        self.cancel.setAutoDefault(False)
        left = rows(
            label(action, "title", wrap=True),
            label(about, "figure") if about else None,
            label(self.tr("{name} may not do this alone.").format(name=who), "body", tone="text2", wrap=True),
            wide(self.managers),
            remark(self.tr("For this one action. Both names are kept in the journal.")),
            self.cancel,
            gap=12,
        )
        self.asked = label("", "strong")
        self.asked.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        hint = label(self.tr("Enter your PIN, or scan your badge"), "small", tone="text2")
        middle = Qt.AlignmentFlag.AlignHCenter
        right = rows(STRETCH, at(middle, self.asked), at(middle, hint), self.pad, STRETCH, gap=8)
        columns(wide(left), line(upright=True), right, gap=20, pad=(20, 18, 20, 18), host=self)
        self.pad.setFocus()

    def show_managers(self, managers: Sequence[Tile], pin_length: int) -> None:
        """Who can approve it; the first who has a PIN is chosen."""
        self.pad.set_length(pin_length)
        self.managers.rows.show_rows(managers)
        self.managers.choose_at(next((place for place, one in enumerate(managers) if one.has_pin), 0))
        self._name()

    def refuse(self, sentence: str) -> None:
        """That was not right; the question stays."""
        self.pad.show_wrong(sentence)

    def take_scan(self, code: str) -> bool:
        """A code was scanned while the question is open: it can only be a badge."""
        self.pad.clear()
        self.scanned.emit(code)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down choose the manager, Esc gives up, the key that locks the till does so."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is not None:
            place = self.managers.currentIndex().row() + step
            if 0 <= place < self.managers.rows.rowCount():
                self.managers.choose_at(place)
        elif key_name(event) == own_keys().of(LOCK):
            self.reject()
            self.lock_asked.emit()
        elif event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):  # Enter presses nothing here
            super().keyPressEvent(event)

    def _name(self) -> None:
        tile: Tile | None = self.managers.current_row()
        self.pad.clear()
        self.asked.setText(tile.name if tile else "")
        self.pad.dots.setAccessibleName(self.tr("PIN of {name}").format(name=tile.name if tile else ""))

    def _typed(self, pin: str) -> None:
        tile: Tile | None = self.managers.current_row()
        if tile is not None:
            self.typed.emit(tile.user_id, pin)
