"""A paper in a card: its sizes to choose from, the zoom, and the paper itself."""

from PySide6.QtCore import Qt, Signal

from posapp.domain.papers.documents import PaperKind, PaperSize
from posapp.ui.actions import Action
from posapp.ui.preview.paper_view import PaperView
from posapp.ui.theme import theme
from posapp.ui.widgets.buttons import action_icon
from posapp.ui.widgets.cards import Card
from posapp.ui.widgets.choices import Choice, Segmented
from posapp.ui.widgets.labels import label

SIZES = {
    PaperSize.ROLL_80: "80 mm",
    PaperSize.ROLL_58: "58 mm",
    PaperSize.A4: "A4",
    PaperSize.LETTER: "Letter",
    PaperSize.LABEL_57: "57 × 32 mm",
    PaperSize.LABEL_62: "62 × 29 mm",
}
# Territories of US Letter: https://github.com/unicode-org/cldr/blob/main/common/supplemental/supplementalData.xml
LETTER_REGIONS = frozenset("BZ CA CL CO CR GT MX NI PA PH PR SV US VE".split())


def sheet_of(region: str) -> PaperSize:
    """The sheet of a part of the world."""
    return PaperSize.LETTER if region in LETTER_REGIONS else PaperSize.A4


class PaperCard(Card):
    """`turned` tells the size that is wanted; whoever owns the card brings the pages to its view."""

    turned = Signal(str)

    def __init__(self, view: PaperView, larger: Action, smaller: Action) -> None:
        super().__init__(self.tr("Preview"))
        px = theme().px
        self.papers = self._make_sizes(PaperKind.BOOKING_SLIP)
        self.labels = self._make_sizes(PaperKind.DEVICE_LABEL)
        self.labels.hide()
        self._zoom = label("", "small", tone="text2")
        self._zoom.setMinimumWidth(px(44))
        self._zoom.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.smaller, self.larger = action_icon(smaller, kind=""), action_icon(larger, kind="")
        self.head.setContentsMargins(px(15), px(8), px(13), px(8))
        for widget in (self.papers, self.labels, self.smaller, self._zoom, self.larger):
            self.head.addWidget(widget)
        view.zoom_changed.connect(lambda zoom: self._zoom.setText(f"{zoom} %"))
        self.body.addWidget(view, 1)

    def _make_sizes(self, kind: PaperKind) -> Segmented:
        choices = [Choice(size.value, SIZES[size]) for size in kind.sizes]
        made = Segmented(choices, name=self.tr("Paper"), ticks=True)
        made.chosen.connect(self.turned)
        return made

    def show_size(self, size: PaperSize) -> None:
        """This one is shown."""
        self.papers.setVisible(not size.is_label)
        self.labels.setVisible(size.is_label)
        (self.labels if size.is_label else self.papers).set_current(size.value)
