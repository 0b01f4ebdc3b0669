"""A till in a process of its own: rings up a sale for somebody, and is killed once that was kept by itself.

`python -m tests.flows.dying_sale DATABASE`
"""

import os
import signal
import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from tests.flows.clerk import start_program, till_settings, until


def main(place: Path) -> None:
    """Ring up, wait until it is kept, and die."""
    till_settings()
    clerk = start_program(QApplication([]), place)
    clerk.press("F5")
    clerk.on("sell")
    for text in ("PL1", "2*GLS-13", "12.50 strap"):
        clerk.type(text)
        clerk.press("Return")
    until(lambda: "strap" in str(clerk.session.drafts.load("sale")), "the sale was not kept")
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
