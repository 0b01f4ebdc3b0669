"""Shift+F1: the help from anywhere."""

from PySide6.QtCore import QCoreApplication

from posapp.ui.window.shell import Shell


def bind_help(window: Shell) -> None:
    """Let Shift+F1 open the help, which is a section of Settings."""
    window.shortcuts.add(
        "help",
        QCoreApplication.translate("Help", "Help"),
        "Shift+F1",
        lambda: window.show_page("settings", "help"),
    )
