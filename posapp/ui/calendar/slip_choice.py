"""What happens to the slip after saving: printed, kept as a PDF, or nothing; remembered by this till."""

from dataclasses import replace
from typing import TYPE_CHECKING, cast

from PySide6.QtWidgets import QHBoxLayout, QWidget

from posapp.ui.theme import theme
from posapp.ui.widgets.choices import Choice, Segmented
from posapp.ui.widgets.labels import label

if TYPE_CHECKING:
    from posapp.till_settings import SlipOutput
    from posapp.ui.session import Session


class SlipChoice(QWidget):
    """A row of three segments."""

    def __init__(self, session: "Session", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.choice = Segmented(name=self.tr("Slip"))
        self.choice.set_choices(
            (
                Choice("print", self.tr("Print")),
                Choice("pdf", self.tr("PDF")),
                Choice("none", self.tr("None")),
            ),
            session.till.slip_output,
        )
        self.choice.chosen.connect(self._keep)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme().px(12))
        row.addWidget(label(self.tr("Slip"), "small", tone="text2", weight=500))
        row.addWidget(self.choice)
        row.addStretch(1)

    def refresh(self) -> None:
        """Settings of this till may have changed."""
        self.choice.set_current(self._session.till.slip_output)

    @property
    def output(self) -> str:
        """print, pdf or none."""
        return self.choice.current()

    def _keep(self, output: str) -> None:
        till = self._session.till
        self._session.save_till(replace(till, slip_output=cast("SlipOutput", output)))
