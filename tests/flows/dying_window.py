"""A till in a process of its own: types into a booking and an intake, and is killed before it saves.

`python -m tests.flows.dying_window DATABASE`: prints what the forms held and dies of SIGKILL.
"""

import os
import signal
import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from tests.flows.clerk import start_program, till_settings, until


def main(place: Path) -> None:
    """Type, wait until the drafts are kept by themselves, and die."""
    till_settings()
    clerk = start_program(QApplication([]), place)
    clerk.press("F3", "ctrl+B")
    clerk.type("0851000001")
    until(lambda: clerk.page("calendar").form.who.card is not None)
    clerk.tab_to("Note")
    clerk.type("Drops to 0")
    drafts = clerk.session.drafts
    until(lambda: "Drops to 0" in str(drafts.load("booking")), "no draft of the booking was kept")
    clerk.press("ctrl+T")
    clerk.on("intake")
    clerk.fill(Brand="Lenovo", Model="ThinkPad X1", What_is_wrong="Will not start")
    until(lambda: "Will not start" in str(drafts.load("intake")), "no draft of the intake was kept")
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
