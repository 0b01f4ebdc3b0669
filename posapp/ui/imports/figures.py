"""What will happen, or what happened: a figure for each fate of a row, and their sum."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QPainter
from PySide6.QtWidgets import QFrame, QSizePolicy, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from posapp.domain.customers.pl_id import PlId
from posapp.domain.old_data.imports import ImportResult, RowFate, System
from posapp.ui.icons import paint_icon
from posapp.ui.imports.answers import told_figures
from posapp.ui.imports.words import ICONS, counted, fate_word, reasons
from posapp.ui.layout import columns, held, put, wide
from posapp.ui.tables import OpenList
from posapp.ui.tables.rows_model import ROW, Index
from posapp.ui.theme import set_look, theme
from posapp.ui.widgets.cards import Card
from posapp.ui.widgets.labels import Elided, label
from posapp.ui.widgets.paint import cut, draw_text
from posapp.ui.wording import translator

_tr = translator("Import")
HEIGHT = 52


@dataclass(frozen=True, slots=True)
class Figure:
    """A fate with how many rows have it, None while nobody knows, and what is said below."""

    fate: RowFate
    count: int | None = None
    about: str = ""
    word: str = ""
    is_old: bool = False
    """Whether a new trial is under way, so that this is how it was."""

    @property
    def shown(self) -> str:
        """The count as it is painted."""
        return "–" if self.count is None else f"{self.count:,}"

    def spoken(self) -> str:
        """All of it in one line."""
        return ", ".join(filter(None, (f"{self.word}: {self.shown}", self.about)))


class FigureDelegate(QStyledItemDelegate):
    """Icon in its tone, two lines, the figure, and an arrow where there are rows to see."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """52 high each."""
        return QSize(0, theme().row_height(HEIGHT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The figure in the colours of now."""
        look, tokens, rect = theme(), theme().tokens, option.rect
        figure: Figure = index.data(ROW)
        list_: QWidget = option.widget
        is_rtl = option.direction == Qt.LayoutDirection.RightToLeft
        is_marked = bool(option.state & QStyle.StateFlag.State_Selected) and list_.hasFocus()
        painter.save()
        if is_marked:
            painter.fillRect(rect, tokens.selection)
            bar = look.px(4)
            painter.fillRect(
                rect.right() + 1 - bar if is_rtl else rect.x(), rect.y(), bar, rect.height(), tokens.primary
            )
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, tokens.sunken)
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, tokens.border)
        self._paint_parts(painter, rect, figure, is_rtl=is_rtl)
        painter.restore()

    def _paint_parts(self, painter: QPainter, rect: QRect, figure: Figure, *, is_rtl: bool) -> None:
        look, tokens = theme(), theme().tokens
        px, middle = look.px, rect.center().y() + 0.5
        icon, tone = ICONS[figure.fate]
        side, chevron = px(18), px(16)
        name = "chevron-left" if is_rtl else "chevron-right"

        def at(x: float, width: float) -> float:
            """Mirrored where the window is."""
            return rect.right() + 1 - x - width if is_rtl else rect.x() + x

        paint_icon(painter, icon, at(px(16), side), middle - side / 2, side, tokens.colour(tone))
        end = rect.width() - px(13) - chevron
        if figure.count:
            paint_icon(painter, name, at(end, chevron), middle - chevron / 2, chevron, tokens.text2)
        font, metrics = look.font("strong", 600), look.metrics("strong", 600)
        width = metrics.horizontalAdvance(figure.shown)
        end -= px(10) + width
        ink = tokens.text3 if figure.is_old or not figure.count else tokens.text
        draw_text(painter, at(end, width), middle, figure.shown, font, ink)
        room = end - px(46) - px(8)
        for text, step, weight, shift, tone_ in (
            (figure.word, "body", 500, -9, tokens.text),
            (figure.about, "small", None, 10, tokens.text2),
        ):
            words_font = look.font(step, weight)
            words = cut(text, words_font, room)
            length = look.metrics(step, weight).horizontalAdvance(words)
            y = middle + px(shift) if figure.about else middle
            draw_text(painter, at(px(46), length), y, words, words_font, tone_)


class FigureList(OpenList):
    """One stop for Tab; arrows move, Enter opens the rows behind a figure."""

    def __init__(self) -> None:
        super().__init__(_tr("What will happen"), FigureDelegate())
        self.setProperty("ring", False)  # the current figure has the mark
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def sizeHint(self) -> QSize:
        """As high as its figures, where there is room."""
        return QSize(super().sizeHint().width(), self._height_of(self.rows.rowCount()))

    def minimumSizeHint(self) -> QSize:
        """In a low window it scrolls."""
        return QSize(theme().px(160), self._height_of(min(2, self.rows.rowCount())))

    def _height_of(self, count: int) -> int:
        return count * theme().row_height(HEIGHT)

    def show_figures(self, figures: list[Figure]) -> None:
        """Show these; the current one stays the current one."""
        row = max(self.currentIndex().row(), 0)
        self.rows.show_rows(figures)
        self.choose_at(min(row, len(figures) - 1))
        self.setMaximumHeight(self._height_of(len(figures)))
        self.updateGeometry()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The mark comes."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The mark goes."""
        super().focusOutEvent(event)
        self.viewport().update()


class FiguresCard(Card):
    """The figures, their sum, and when they were found; `opened` tells the fate, `warnings_opened` more."""

    opened = Signal(object)
    warnings_opened = Signal()

    def __init__(self) -> None:
        super().__init__(_tr("What will happen"))
        self.when = label("", "small", tone="text2")
        self.head.addWidget(self.when)
        self.list = FigureList()
        self.list.opened.connect(self._open)
        self.sum_words = Elided(_tr("Rows in the file"), "body", weight=600)
        self.sum = label("", "figure", weight=700)
        self.foot = held(columns(wide(self.sum_words), self.sum, gap=8, pad=(15, 12, 39, 12)), QFrame())
        self.foot.setProperty("role", "foot")
        put(self.body, self.list, self.foot)

    def _open(self, figure: Figure) -> None:
        if figure.count:
            self.opened.emit(figure.fate)

    def show_result(self, result: ImportResult, *, when: str, files: int, is_old: bool = False) -> None:
        """What a trial run or an import found."""
        about = abouts(result)
        counts = told_figures(result)
        figures = [
            Figure(fate, count, about.get(fate, ""), fate_word(fate, files), is_old)
            for fate, count in counts.items()
        ]
        self._show(figures, f"{result.rows:,}", when, files, result.is_trial)

    def show_nothing(self, when: str, files: int) -> None:
        """Before the first trial run."""
        fates = told_figures(ImportResult(System.GENERAL))
        self._show([Figure(fate, word=fate_word(fate, files)) for fate in fates], "–", when, files, True)

    def _show(self, figures: list[Figure], total: str, when: str, files: int, is_trial: bool) -> None:
        title = _tr("What will happen") if is_trial else _tr("What happened")
        self.title.setText(title)
        self.list.setAccessibleName(title)
        self.when.setText(when)
        self.list.show_figures(figures)
        self.sum_words.setText(_tr("Rows in the file") if files == 1 else _tr("Rows in the files"))
        self.sum.setText(total)
        set_look(self.sum, tone="" if total != "–" else "text3")


def abouts(result: ImportResult) -> Mapping[RowFate, str]:
    """What is said below each figure."""
    found = _tr("same phone, nothing is changed")
    if not result.system.is_old:
        found = _tr("same phone, only empty fields are filled")
    if result.updated:
        found = counted(result.updated, _tr("1 has changed fields"), _tr("{count} have changed fields"))
    if result.known and not result.updated:
        known = counted(result.known, _tr("1 came before"), _tr("{count} came before"))
        found = _tr("{known}, nothing is changed").format(known=known)
    return {
        RowFate.CREATED: _numbered(result),
        RowFate.MATCHED: found,
        RowFate.TWICE: _tr("same phone, joined into one customer"),
        RowFate.WITHOUT_PHONE: _tr("taken, the phone can follow"),
        RowFate.PAST: _past(result),
        RowFate.PASSED: _tr("logins and staff, no customers"),
        RowFate.REJECTED: reasons(result.rejected) or _tr("none"),
    }


def _past(result: ImportResult) -> str:
    """Tickets that brought a customer along are counted as both, so the rows are fewer than the sum."""
    both = sum(told_figures(result).values()) - result.rows
    if both > 0:
        return counted(
            both, _tr("1 of them made a customer, too"), _tr("{count} of them made a customer, too")
        )
    return _tr("bookings, tickets and orders of before")


def _numbered(result: ImportResult) -> str:
    """From where the new numbers go on; `next_pl` is the one after them."""
    if not result.next_pl or not result.created:
        return _tr("numbered oldest first")
    if result.system is System.USERS_WITH_IDS:
        return _tr("a PL ID of their own stays")
    first = PlId(PlId.parse(result.next_pl).number - result.created)
    return _tr("numbered from {pl}, oldest first").format(pl=first)
