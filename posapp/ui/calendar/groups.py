"""Chips and segments of the form: their buttons are made anew while it is open, so it orders Tab itself."""

from PySide6.QtWidgets import QWidget

from posapp.ui.widgets.choices import ChipGroup, ChoiceButton, ChoiceGroup, Segmented
from posapp.ui.widgets.flow import FlowLayout


class Chips(ChipGroup):
    """Chips that stand a little closer, so that four times fit into a row."""

    def _make_layout(self) -> FlowLayout:
        return FlowLayout(gap=6)

    def _rove(self) -> None:
        super()._rove()
        # A proxy is a stop of its own, at the place where the group was made.
        self.setFocusProxy(None)  # type: ignore[arg-type]


class Segments(Segmented):
    """Segments in a form."""

    def _rove(self) -> None:
        super()._rove()
        self.setFocusProxy(None)  # type: ignore[arg-type]


def stops_of(group: ChoiceGroup) -> list[QWidget]:
    """The buttons of a group; those that are about to be deleted are hidden already."""
    return [one for one in group.findChildren(ChoiceButton) if not one.isHidden()]
