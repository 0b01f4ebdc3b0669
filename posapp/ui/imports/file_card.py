"""The file and what it was taken for; or where to drop one."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QDropEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from posapp.ui.actions import Action
from posapp.ui.file_dialogs import FileDialog
from posapp.ui.icons import paint_icon
from posapp.ui.imports.order import Draft
from posapp.ui.imports.words import counted, shown_bytes, shown_rows, system_word
from posapp.ui.layout import STRETCH, Placed, at, columns, rows
from posapp.ui.theme import theme
from posapp.ui.widgets.buttons import action_button
from posapp.ui.widgets.cards import Card
from posapp.ui.widgets.labels import Elided, label
from posapp.ui.widgets.paint import box
from posapp.ui.wording import translator

_tr = translator("Import")
CENTRE = Qt.AlignmentFlag.AlignHCenter


class FileMark(QWidget):
    """The icon of a file on a soft ground of its tone."""

    def __init__(self) -> None:
        super().__init__()
        self._icon, self._tone = "file-text", "neutral"
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_tone(self, icon: str, tone: str) -> None:
        """Another icon or tone."""
        self._icon, self._tone = icon, tone
        self.update()

    def sizeHint(self) -> QSize:
        """A square."""
        return QSize(theme().px(40), theme().px(40))

    def paintEvent(self, event: QPaintEvent) -> None:
        """In the colours of now."""
        look, tokens = theme(), theme().tokens
        painter = QPainter(self)
        box(painter, QRectF(self.rect()), look.px(8), tokens.soft(self._tone))
        side = look.px(21)
        x, y = (self.width() - side) / 2, (self.height() - side) / 2
        paint_icon(painter, self._icon, x, y, side, tokens.colour(self._tone))
        painter.end()


class FileCard(Card):
    """72 high: what it is, where it comes from, and the way to another one."""

    def __init__(self, other: Action) -> None:
        super().__init__()
        self.mark = FileMark()
        self.name, self.about = Elided("", "strong", weight=600), Elided("", "small", tone="text2")
        self.other = action_button(other)
        words = rows(self.name, self.about, gap=1)
        middle = Qt.AlignmentFlag.AlignVCenter
        row = columns(self.mark, Placed(words, 1, middle), self.other, gap=14, pad=(16, 12))
        self.body.addLayout(row)
        theme().changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        self.setFixedHeight(theme().px(72))

    def show_reading(self, paths: Sequence[str]) -> None:
        """Nobody knows yet what it is."""
        self.mark.show_tone("file-text", "neutral")
        self.name.setText(_tr("Reading {name}").format(name=names_of(paths)))
        self.about.setText(_tr("What it holds is looked for."))

    def show_refused(self, paths: Sequence[str], sentence: str) -> None:
        """It cannot be imported, and why."""
        self.mark.show_tone("file-x", "danger")
        self.name.setText(names_of(paths))
        self.about.setText(sentence)

    def show_draft(self, draft: Draft) -> None:
        """What it was taken for."""
        self.mark.show_tone("file-check", "success")
        name = system_word(draft.system)
        rows_ = shown_rows(draft.rows)
        if any(one.is_estimated for one in draft.sights):
            rows_ = _tr("about {rows}").format(rows=rows_)
        self.name.setText(_tr("{what}, {rows}").format(what=name, rows=rows_))
        names = names_of([one.path for one in draft.sights])
        said = _tr("{names}, {size}").format(names=names, size=shown_bytes(draft.size))
        known = len(draft.sights[0].columns)
        if draft.is_table and known:
            by = counted(known, _tr("recognised by its column"), _tr("recognised by its {count} columns"))
            plain = counted(known, _tr("1 column"), _tr("{count} columns"))
            said += ", " + (by if draft.system.value != "general" else plain)
        if draft.sights[0].dates:
            said += ", " + _tr("dates as {example}").format(example=draft.sights[0].dates)
        self.about.setText(said)


def names_of(paths: Sequence[str]) -> str:
    """The names of files without their folders."""
    names = [Path(one).name or one for one in paths]
    if len(names) <= 2:
        return ", ".join(names)
    return _tr("{first} and {count} more").format(first=names[0], count=len(names) - 1)


class DropZone(Card):
    """Nothing is here yet: drop a file, or choose one."""

    def __init__(self, other: Action) -> None:
        super().__init__()
        self.mark = FileMark()
        self.mark.show_tone("upload", "primary")
        self.choose = action_button(other, words=_tr("Choose a file"), kind="primary", size="l")
        words = (
            label(_tr("Drop a file here"), "title"),
            label(_tr("A table of customers as CSV, XLSX or JSON, or all files of an old system."), "body"),
            label(_tr("What would happen is shown first. Nothing is saved by that."), "small", tone="text2"),
        )
        for one in words:
            one.setAlignment(Qt.AlignmentFlag.AlignCenter)
            one.setWordWrap(True)
        parts = (at(CENTRE, self.mark), *words, at(CENTRE, self.choose))
        self.body.addLayout(rows(STRETCH, *parts, STRETCH, gap=10, pad=24))
        self.is_wanted = False

    def set_wanted(self, is_wanted: bool) -> None:
        """Whether something is held over the window."""
        self.is_wanted = is_wanted
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A dashed frame inside: this is where things are dropped."""
        super().paintEvent(event)
        look, tokens = theme(), theme().tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = tokens.primary if self.is_wanted else tokens.control
        painter.setPen(QPen(ink, 2 if self.is_wanted else 1, Qt.PenStyle.DashLine))
        gap = look.px(12)
        if self.is_wanted:
            painter.setBrush(tokens.primary_soft)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(gap, gap, -gap, -gap), look.px(8), look.px(8))
        painter.end()


def dropped_files(mime: QMimeData) -> list[str]:
    """The files and folders that are dragged; none where something is no file of this computer."""
    urls = mime.urls()
    if not urls or not all(url.isLocalFile() for url in urls):
        return []
    return [url.toLocalFile() for url in urls]


def opened_files(paths: Sequence[str]) -> list[str]:
    """What an import is told of files and folders: a folder's source.json, or else all tables in it."""
    found: list[str] = []
    for path in map(Path, paths):
        if not path.is_dir():
            found.append(str(path))
        elif (path / "source.json").is_file():
            found.append(str(path / "source.json"))
        else:
            inside = (one for one in sorted(path.iterdir()) if one.suffix.casefold() in ENDINGS)
            found += [str(one) for one in inside if one.is_file() and one.name != "expected.json"]
    return found


ENDINGS = (".csv", ".tsv", ".txt", ".xlsx", ".json", ".jsonl", ".ndjson")


def ask_files(parent: QWidget) -> list[str]:
    """Which files to import; none for none."""
    kinds = _tr("Tables (*.csv *.tsv *.txt *.xlsx *.json *.jsonl *.ndjson);;All files (*)")
    names, _kind = FileDialog.getOpenFileNames(parent, _tr("Import files"), "", kinds)
    return names


def ask_target(parent: QWidget, name: str) -> Path | None:
    """Where to write a list; None for nowhere."""
    title = _tr("Save the refused rows")
    chosen, _kind = FileDialog.getSaveFileName(parent, title, name, _tr("Tables (*.xlsx *.csv)"))
    if not chosen:
        return None
    return Path(chosen) if Path(chosen).suffix else Path(chosen).with_suffix(".xlsx")


class Drops(QObject):
    """Files may be dropped anywhere on a widget; `dropped` tells their paths."""

    dropped = Signal(list)
    wanted = Signal(bool)

    def __init__(self, target: QWidget) -> None:
        super().__init__(target)
        target.setAcceptDrops(True)
        target.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Only files of this computer are taken."""
        if event.type() == QEvent.Type.DragLeave:
            self.wanted.emit(False)
            return True
        if not isinstance(event, QDropEvent):  # that what enters is, too
            return False
        paths = dropped_files(event.mimeData())
        is_drop = event.type() == QEvent.Type.Drop
        self.wanted.emit(bool(paths) and not is_drop)
        if paths:
            event.acceptProposedAction()
            if is_drop:
                self.dropped.emit(paths)
        return bool(paths)
