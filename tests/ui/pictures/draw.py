"""Draws every screen and paper of a made-up shop into a folder, the same to the pixel at each run.

`python tests/ui/pictures/draw.py FOLDER [--only WORD] [--look light|dark] [--size 1366x768]`

It fills a shop by the command line, opens the window on it and goes from screen to screen by keys, light and
dark, at two sizes, while the clock of the process stands; then it writes the papers. It imports so little of
posapp that it also draws a checkout of long ago, by that checkout's Python; compare.py tells what differs
between two folders.
"""

import argparse
import fcntl
import importlib.util
import os
import secrets
import shutil
import subprocess
import sys
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random
from time import monotonic

import time_machine
from PySide6.QtCore import QDate, qInstallMessageHandler
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

sys.path.append(
    str(Path(__file__).resolve().parents[3])
)  # at the end: posapp is that of the Python that runs

from tests.ui.pictures.artist import PATIENCE_S, Artist
from tests.ui.pictures.kiosk import draw_kiosk
from tests.ui.pictures.screens import PARTS, drafts, login, old_data, set_up
from tests.ui.pictures.shop import NOW, bring_old, draw_papers, fill_shop, hire

_PLUGIN = "This plugin does not support"  # the platform without a screen says so, and it does not matter
LOOKS, SIZES = ("light", "dark"), ("1366x768", "1024x720")
HOME = Path("/tmp/posapp-gallery") / os.environ.get("POSAPP_DRAWING", "")
"""Where the shop lies while it is drawn: its path is shown on screens, so it is always the same."""


def draw_window(folder: Path, look: str, size: str, only: str) -> None:
    """Fill the shop, open the program on it and draw its screens."""
    from posapp import paths

    app = _application()
    _keep_till(paths.till_settings_file(), look)
    with time_machine.travel(NOW, tick=False) as clock:
        artist, close = _open(app, folder, size, only)
        set_up(artist)
        close()
        shutil.rmtree(HOME / "data")
        fill_shop(clock)
        artist, close = _open(app, folder, size, only)
        for part in PARTS:
            try:
                part(artist)
            except LookupError as missing:
                print(f"  {look} {size} {part.__name__}: {missing}", file=sys.stderr)
            _go_home(artist)
        close()
        artist, close = _open(app, folder, size, only)
        drafts(artist)
        close()
        draw_kiosk(HOME / "data" / "posapp.db", folder, size, only)
        if bring_old(HOME / "data" / "posapp.db"):
            artist, close = _open(app, folder, size, only)
            old_data(artist)
            close()
        if (look, size) == (LOOKS[0], SIZES[0]):  # before there are users, who would have to sign in
            draw_papers(folder.parent / "papers", HOME / "paper.pdf", only)
        if hire(HOME / "data" / "posapp.db"):
            artist, close = _open(app, folder, size, only)
            login(artist)
            close()


def _application() -> QApplication:
    """No caret blinks, Qt's own clock stands too, and what is drawn by lot (salts) is always the same."""
    from posapp.ui.qt_log import silence_fonts

    silence_fonts()
    qInstallMessageHandler(lambda _kind, _where, words: None if _PLUGIN in words else print(words))
    app = QApplication(sys.argv[:1])
    app.setCursorFlashTime(0)
    QDate.currentDate = staticmethod(lambda: QDate(2026, 3, 12))  # type: ignore[method-assign]
    lot = Random(0)
    secrets.token_hex = lambda nbytes=16: lot.randbytes(nbytes or 16).hex()
    uuid.uuid4 = lambda: uuid.UUID(bytes=lot.randbytes(16), version=4)
    return app


def _keep_till(file: Path, look: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f'name = "Till 1"\nslip_output = "none"\ntheme = "{look}"\n')


def _open(app: QApplication, folder: Path, size: str, only: str) -> tuple[Artist, Callable[[], None]]:
    from posapp.bootstrap import open_shop
    from posapp.ui.start.options import WindowOptions
    from posapp.ui.start.program import Program

    # as in a demonstration: nothing is done for the day behind the window, by the clock of the computer
    options = WindowOptions(database=str(HOME / "data" / "posapp.db"), demo=True)
    program = Program(app, options, open_shop, lambda _place: None)
    window = program.window
    window.resize(*map(int, size.split("x")))
    program.run()
    artist = Artist(window, folder, lambda: program.lanes.is_busy, only)
    window.activateWindow()
    end = monotonic() + PATIENCE_S
    covered = getattr(window, "locking", None)
    while window.current_page_id == "start" and monotonic() < end:
        if covered is not None and covered.is_covered:
            break
        QTest.qWait(20)
    QTest.qWait(1500)  # other scripts, the first slip: loaded behind the first screen
    artist.rest()

    def close() -> None:
        window.close()
        QTest.qWait(100)

    return artist, close


def _go_home(artist: Artist) -> None:
    artist.come_to_front()
    for _ in range(6):
        artist.press("Escape")
    artist.press("F2")


def draw_samples(folder: Path, look: str, only: str) -> None:
    """The widgets of gallery.py, which lies beside the posapp that is drawn."""
    import posapp

    file = Path(posapp.__file__).parents[1] / "tests" / "ui" / "gallery.py"
    spec = importlib.util.spec_from_file_location("gallery", file)
    assert spec is not None
    assert spec.loader is not None
    gallery = importlib.util.module_from_spec(spec)
    sys.modules["gallery"] = gallery
    spec.loader.exec_module(gallery)
    app = _application()
    theme = gallery.Theme(choice=look)
    theme.apply(app)
    window = gallery.make_window(theme)
    window.show()
    window.activateWindow()
    artist = Artist(window, folder, lambda: False, only)
    for key, name in (("F2", "desk"), ("F3", "form"), ("F7", "import"), ("F8", "parts")):
        artist.press(key)
        artist.shot(f"samples-{name}")
    window.close()


def main() -> int:
    """Draw all pictures, each look and size in a process of its own."""
    parser = argparse.ArgumentParser(description="Draw every screen and paper into a folder.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", default="", help="keep only pictures with this word in their name")
    parser.add_argument("--look", choices=LOOKS)
    parser.add_argument("--size", choices=[*SIZES, "samples"])
    args = parser.parse_args()
    if args.look and args.size and os.environ.get("POSAPP_DRAWING"):
        folder = args.folder / f"{args.look}-{args.size}"
        folder.mkdir(parents=True, exist_ok=True)
        if args.size == "samples":
            draw_samples(folder, args.look, args.only)
        else:
            draw_window(folder, args.look, args.size, args.only)
        return 0
    with HOME.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # one drawing at a time: the folder of the shop is always the same
        wanted = [
            (look, size)
            for look in LOOKS
            for size in (*SIZES, "samples")
            if look == (args.look or look) and size == (args.size or size)
        ]
        with ThreadPoolExecutor(2) as pool:
            ended = list(pool.map(lambda one: _in_process(args, *one), wanted))
        return int(any(ended))  # also one that was killed, whose status is below zero


def _in_process(args: argparse.Namespace, look: str, size: str) -> int:
    home = HOME / f"{look}-{size}"
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    surroundings = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("POSAPP_", "LC_"))},
        "POSAPP_DRAWING": home.name,
        "POSAPP_DATA_DIR": str(home / "data"),
        "POSAPP_CONFIG_DIR": str(home / "config"),
        "QT_QPA_PLATFORM": "offscreen",
        "CUPS_SERVER": "127.0.0.1:1",
        "LANG": "C.UTF-8",
        "TZ": "Europe/Dublin",
        "PYTHONHASHSEED": "0",
    }
    begun = monotonic()
    words = [sys.executable, __file__, str(args.folder), "--only", args.only, "--look", look, "--size", size]
    status = subprocess.run(words, env=surroundings, check=False).returncode
    said = f", not whole: ended with {status}" if status else ""
    print(f"{look} {size}: {monotonic() - begun:.0f} s{said}", flush=True)
    return status


if __name__ == "__main__":
    raise SystemExit(main())
