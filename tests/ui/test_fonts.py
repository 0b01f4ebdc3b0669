"""Names in every script on the screen: the fonts for them come after the first frame."""

import subprocess
import sys

import pytest
from PySide6.QtGui import QFontDatabase, QTextLayout

from posapp.paths import resources
from posapp.services.care.demo_names import ABROAD, HOME, Tongue
from posapp.ui.fonts import load_fallback_fonts, make_font
from posapp.ui.theme import Theme

TONGUES = (HOME, *ABROAD)
LATE = """
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QLabel
from posapp.ui.fonts import load_fallback_fonts, load_interface_fonts, make_font

app = QApplication(["posapp", "-platform", "offscreen"])
load_interface_fonts()

def label(name):
    made = QLabel(name)
    made.setFont(make_font(14, 600))
    made.resize(200, 40)
    made.show()
    return made

class Painted(QObject):
    def eventFilter(self, watched, event):
        seen.add(id(watched)) if event.type() == QEvent.Type.Paint else None
        return False

seen = set()
names = ["\u738b\u5c0f\u660e", "\u0928\u0947\u0939\u093e", "\uae40\ubbfc\uc900"]
before = [label(name) for name in names]
app.processEvents()
boxes = [one.grab().toImage() for one in before]
watch = Painted()
for one in before:
    one.installEventFilter(watch)
load_fallback_fonts()
app.processEvents()
assert seen == {id(one) for one in before}, "not painted again"
for name, one, old in zip(names, before, boxes):
    assert one.grab().toImage() != old
    assert one.grab().toImage() == label(name).grab().toImage()
"""


def families() -> set[str]:
    """Of the fonts that the program brings along."""
    files = (resources() / "fonts").glob("*.ttf")
    found = (QFontDatabase.addApplicationFont(str(file)) for file in files)
    return {family for one in found for family in QFontDatabase.applicationFontFamilies(one)}


@pytest.mark.parametrize("tongue", TONGUES, ids=[one.code for one in TONGUES])
def test_every_letter_of_the_demo_shop_is_drawn_by_a_font_of_our_own(look: Theme, tongue: Tongue) -> None:
    load_fallback_fonts()
    own = families()
    layout = QTextLayout(" ".join((*tongue.given, *tongue.family)), make_font(14, 400))
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    for run in layout.glyphRuns():
        assert run.rawFont().familyName() in own
        assert 0 not in run.glyphIndexes()


def test_what_was_painted_before_the_fonts_came_is_painted_again() -> None:
    done = subprocess.run([sys.executable, "-c", LATE], check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]
