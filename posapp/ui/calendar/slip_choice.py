"""What happens to the slip after saving: printed, kept as a PDF, or nothing; remembered by this till."""

from dataclasses import replace
from typing import TYPE_CHECKING, cast

from PySide6.QtWidgets import QWidget

from posapp.ui.layout import STRETCH, columns
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
        title = label(self.tr("Slip"), "small", tone="text2", weight=500)
        columns(title, self.choice, STRETCH, gap=12, host=self)

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
