"""Which file, and where to: the questions of `QFileDialog`, asked so that no listed file is opened.

Qt looks into files to tell their kind. SQLite keeps the shop's file with locks that Linux and macOS drop as
soon as the same program closes *any* handle of that file (https://www.sqlite.org/howtocorrupt.html, 2.2): the
next program that leaves would then take the newest records away from under the window.
"""

from pathlib import Path

from PySide6.QtCore import QFileInfo, QStandardPaths
from PySide6.QtGui import QAbstractFileIconProvider, QIcon
from PySide6.QtWidgets import QApplication, QFileDialog, QStyle, QWidget


class _Kinds(QAbstractFileIconProvider):
    """Tells kinds of files by their names alone. It is asked from a thread: it only hands out what it has."""

    def __init__(self) -> None:
        super().__init__()
        style = QApplication.style()
        self._file = style.standardIcon(QStyle.StandardPixmap.SP_FileIcon)
        self._folder = style.standardIcon(QStyle.StandardPixmap.SP_DirIcon)
        self._drive = style.standardIcon(QStyle.StandardPixmap.SP_ComputerIcon)

    def icon(self, what: QFileInfo | QAbstractFileIconProvider.IconType) -> QIcon:
        """One for files, one for folders."""
        if isinstance(what, QFileInfo):
            return self._folder if what.isDir() else self._file
        folders = (QAbstractFileIconProvider.IconType.Folder, QAbstractFileIconProvider.IconType.Desktop)
        if what in folders:
            return self._folder
        return self._file if what == QAbstractFileIconProvider.IconType.File else self._drive

    def type(self, info: QFileInfo) -> str:
        """The ending."""
        if info.isDir():
            return QApplication.translate("FileDialog", "Folder")
        return info.suffix().upper()


class FileDialog:
    """Stands for the questions of `QFileDialog`, with what they take and answer."""

    @staticmethod
    def getOpenFileName(parent: QWidget, title: str, place: str, kinds: str) -> tuple[str, str]:
        """A file that is there."""
        found, kind = _asked(parent, title, place, kinds, QFileDialog.FileMode.ExistingFile)
        return (found[0] if found else ""), kind

    @staticmethod
    def getOpenFileNames(parent: QWidget, title: str, place: str, kinds: str) -> tuple[list[str], str]:
        """Files that are there."""
        return _asked(parent, title, place, kinds, QFileDialog.FileMode.ExistingFiles)

    @staticmethod
    def getSaveFileName(parent: QWidget, title: str, place: str, kinds: str) -> tuple[str, str]:
        """Where to write; the dialog asks before it names a file that is there.

        A bare name is offered in the folder of documents, as the desktop has it.
        """
        place = place if QFileInfo(place).isAbsolute() else in_documents(place)
        found, kind = _asked(parent, title, place, kinds, QFileDialog.FileMode.AnyFile, saves=True)
        return (found[0] if found else ""), kind

    @staticmethod
    def getExistingDirectory(parent: QWidget, title: str, place: str) -> str:
        """A folder."""
        found, _ = _asked(parent, title, place, "", QFileDialog.FileMode.Directory)
        return found[0] if found else ""


def in_documents(name: str) -> str:
    """A file of that name where people look for their papers; the bare name where there is no such place."""
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return str(Path(folder) / name) if folder and Path(folder).is_dir() else name


def _asked(
    parent: QWidget, title: str, place: str, kinds: str, mode: QFileDialog.FileMode, *, saves: bool = False
) -> tuple[list[str], str]:
    dialog = made(parent, title, place, kinds, mode)
    if saves:
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    try:
        if not dialog.exec():
            return [], ""
        return dialog.selectedFiles(), dialog.selectedNameFilter()
    finally:
        dialog.deleteLater()


def made(
    parent: QWidget | None, title: str, place: str, kinds: str, mode: QFileDialog.FileMode
) -> QFileDialog:
    """The dialog; the system's own where it has one."""
    named = QFileInfo(place)
    is_folder = not place or named.isDir()
    folder = place if is_folder else named.path() if named.isAbsolute() else ""
    dialog = QFileDialog(parent, title, folder, kinds)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly, mode == QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.DontUseCustomDirectoryIcons)
    dialog.setFileMode(mode)
    dialog.kinds = _Kinds()  # type: ignore[attr-defined]  # Qt keeps no hold of it
    dialog.setIconProvider(dialog.kinds)  # type: ignore[attr-defined]
    if not is_folder:
        dialog.selectFile(named.fileName())
    return dialog
