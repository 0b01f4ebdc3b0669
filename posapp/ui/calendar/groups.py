"""Chips of the form, closer together than elsewhere."""

from posapp.ui.widgets.choices import ChipGroup
from posapp.ui.widgets.flow import FlowLayout


class Chips(ChipGroup):
    """Chips that stand a little closer, so that four times fit into a row."""

    def _make_layout(self) -> FlowLayout:
        return FlowLayout(gap=6)
