"""Shows Markdown in the window's type and colours; links between topics are followed by key or mouse."""

import re

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
    QTextTableFormat,
)
from PySide6.QtWidgets import QFrame, QTextBrowser, QWidget

from posapp.ui.own_keys import own_keys
from posapp.ui.theme import theme

_HEADINGS = {1: "name", 2: "title", 3: "strong"}
_KEY = re.compile("`([^`]+)`")
_LINE_HEIGHT = 145  # per cent: paragraphs are read, not scanned


def _own(found: re.Match[str]) -> str:
    """What stands as a key in a topic, as this till has it."""
    return f"`{own_keys().of(found[1])}`"


class Reader(QTextBrowser):
    """A page of text. `followed` tells the file name of a link to another topic."""

    followed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._markdown = ""
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextBrowserInteraction | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabChangesFocus(True)
        self.anchorClicked.connect(self._follow)
        theme().changed.connect(self._dress)

    def show_markdown(self, text: str) -> None:
        """Show this page from its beginning."""
        self._markdown = text
        self._dress()
        self.verticalScrollBar().setValue(0)

    def keys_moved(self) -> None:
        """The page names the keys of this till."""
        self._dress()

    def _follow(self, link: QUrl) -> None:
        self.followed.emit(link.fileName())

    def _dress(self) -> None:
        """Lay the page out anew in the fonts and colours of now."""
        look = theme()
        document = self.document()
        document.setDefaultFont(look.font("field"))
        document.setDocumentMargin(look.px(20))
        document.setMarkdown(
            _KEY.sub(_own, self._markdown), QTextDocument.MarkdownFeature.MarkdownDialectGitHub
        )
        cursor = QTextCursor(document)
        cursor.beginEditBlock()
        block = document.begin()
        while block.isValid():
            _dress_block(block)
            block = block.next()
        for frame in document.rootFrame().childFrames():
            if isinstance(frame, QTextTable):
                _dress_table(frame)
        cursor.endEditBlock()
        self.moveCursor(QTextCursor.MoveOperation.Start)


def _dress_block(block: QTextBlock) -> None:
    look = theme()
    level = block.blockFormat().headingLevel()
    room = QTextBlockFormat()
    in_table = QTextCursor(block).currentTable() is not None
    height = 125 if in_table else 110 if level else _LINE_HEIGHT
    room.setLineHeight(height, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    if level:
        room.setTopMargin(look.px(4 if level == 1 else 18))
        room.setBottomMargin(look.px(6))
    elif not in_table:
        room.setTopMargin(look.px(4))
        room.setBottomMargin(look.px(4 if block.textList() is not None else 10))
    QTextCursor(block).mergeBlockFormat(room)
    for start, length, was in _pieces(block):
        piece = QTextCursor(block)
        piece.setPosition(start)
        piece.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
        piece.setCharFormat(_dressed(was, level))


def _dressed(was: QTextCharFormat, level: int) -> QTextCharFormat:
    look, tokens = theme(), theme().tokens
    fresh = QTextCharFormat()
    if was.isAnchor():
        fresh.setAnchor(True)
        fresh.setAnchorHref(was.anchorHref())
    if was.fontFixedPitch():
        fresh.setFont(look.font("body", 600))
        fresh.setForeground(tokens.text)
        fresh.setBackground(tokens.neutral_soft)
        return fresh
    is_bold = bool(level) or was.fontItalic() or was.fontWeight() > QFont.Weight.Normal
    fresh.setFont(look.font(_HEADINGS.get(level, "field"), 600 if is_bold else None))
    fresh.setForeground(tokens.primary if was.isAnchor() else tokens.text)
    return fresh


def _pieces(block: QTextBlock) -> list[tuple[int, int, QTextCharFormat]]:
    """Start, length and format of each run of equal letters."""
    found = []
    place = block.begin()
    while not place.atEnd():
        fragment = place.fragment()
        if fragment.isValid():
            found.append((fragment.position(), fragment.length(), fragment.charFormat()))
        place += 1
    return found


def _dress_table(table: QTextTable) -> None:
    look, tokens = theme(), theme().tokens
    shape = QTextTableFormat()
    shape.setBorder(1)
    shape.setBorderBrush(QColor(tokens.border))
    shape.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    shape.setBorderCollapse(True)
    shape.setCellPadding(look.px(8))
    shape.setCellSpacing(0)
    shape.setTopMargin(look.px(4))
    shape.setBottomMargin(look.px(14))
    shape.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
    share = [34.0, 66.0] if table.columns() == 2 else [100.0 / table.columns()] * table.columns()
    shape.setColumnWidthConstraints([QTextLength(QTextLength.Type.PercentageLength, each) for each in share])
    table.setFormat(shape)
    for column in range(table.columns()):
        cell = table.cellAt(0, column)
        head = cell.format()
        head.setBackground(tokens.sunken)
        cell.setFormat(head)
