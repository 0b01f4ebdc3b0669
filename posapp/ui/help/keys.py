"""Shift+F1: the help from anywhere."""

from posapp.ui.actions import Action
from posapp.ui.window.shell import Shell
from posapp.ui.wording import translator

_tr = translator("Help")


def bind_help(window: Shell) -> None:
    """Let Shift+F1 open the help, which is a section of Settings."""
    help_ = Action("help", _tr("Help"), "Shift+F1", lambda: window.show_page("settings", "help"))
    window.shortcuts.bind([help_])
