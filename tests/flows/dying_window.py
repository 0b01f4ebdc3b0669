"""A till in a process of its own: types into every form, saves none, and is killed.

`python -m tests.flows.dying_window DATABASE SIGNAL`: dies of SIGKILL when every draft was kept by itself, or
ends by SIGTERM with the last one not kept yet, as at the end of a session.
"""

import os
import signal
import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from posapp.ui.start.ending import Ending
from tests.flows.clerk import start_program, till_settings, until


def main(place: Path, ending: str) -> None:
    """Type, wait until the drafts are kept by themselves, and die."""
    till_settings()
    app = QApplication([])
    clerk = start_program(app, place)
    drafts = clerk.session.drafts

    def kept(name: str, words: str) -> None:
        until(lambda: words in str(drafts.load(name)), f"{name} was not kept")

    clerk.press("ctrl+N")
    clerk.type("0851000009")
    clerk.tab_to("Name")
    clerk.type("Half a na")
    kept("customer-new", "Half a na")
    clerk.press("F2")
    clerk.type("PL1")
    clerk.press("Return", "alt+E", "End")
    clerk.type("-Nowak")
    kept("customer-edit", "-Nowak")
    clerk.press("Escape")
    clerk.window.show_page("estimate", "T1")
    clerk.quiet()
    clerk.type("Half a line")
    kept("estimates", "Half a line")
    clerk.press("F3", "ctrl+B")
    clerk.type("0851000001")
    until(lambda: clerk.page("calendar").form.who.card is not None)
    clerk.tab_to("Note")
    clerk.type("Drops to 0")
    kept("booking", "Drops to 0")
    clerk.press("F2", "Escape", "Escape", "ctrl+T")
    clerk.on("intake")
    clerk.fill(Brand="Lenovo", Model="ThinkPad X1", What_is_wrong="Will not start")
    if ending == "SIGKILL":
        kept("intake", "Will not start")
        os.kill(os.getpid(), signal.SIGKILL)
    Ending(app, clerk.window)
    os.kill(os.getpid(), signal.SIGTERM)
    app.exec()  # until the last window is closed


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
