"""Makes the application, catches what nobody else does, and runs the window until it is closed."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from posapp import paths
from posapp.ui.crash_dialog import CrashHook
from posapp.ui.qt_log import silence_fonts
from posapp.ui.start import collector
from posapp.ui.start.ending import Ending
from posapp.ui.start.options import WindowOptions
from posapp.ui.start.program import Program

if TYPE_CHECKING:
    from posapp.services.desks import Shop

SWITCH_INTERVAL = 0.0005
"""Seconds; with the usual 0.005 a busy thread makes the window stutter (painting took 21 ms, not 4)."""


def make_application() -> QApplication:
    """The one application of this process."""
    sys.setswitchinterval(SWITCH_INTERVAL)
    app = QApplication.instance()
    if isinstance(app, QApplication):
        return app
    silence_fonts()
    collector.rest()  # until the program has opened its shop
    made = QApplication(sys.argv[:1])
    made.setApplicationName("posapp")
    made.setDesktopFileName("org.posapp.Posapp")
    return made


def run_window(
    options: WindowOptions,
    open_shop: "Callable[..., Shop]",
    build_demo: Callable[[str | Path], object],
) -> int:
    """Show the window and return its exit status once it is closed."""
    app = make_application()
    program = Program(app, options, open_shop, build_demo)
    hook = watch_for_crashes(program)
    ending = Ending(app, program.window)
    follow(program, hook, ending)
    program.run()
    status = app.exec()
    hook.uninstall()
    return status


def follow(program: Program, hook: CrashHook, ending: Ending) -> None:
    """Another window may take its place: crashes and the end of the session are that one's matter then."""

    def went_on(after: Program) -> None:
        hook.watch(after.window)
        ending.watch(after.window)
        follow(after, hook, ending)

    program.followed.connect(went_on)


def watch_for_crashes(program: Program) -> CrashHook:
    """Log what nobody expected and say so calmly; a folder that cannot be written costs the log only."""
    try:
        hook = CrashHook(paths.log_dir(), window=program.window)
    except OSError:
        hook = CrashHook(window=program.window)
    hook.install()
    return hook
