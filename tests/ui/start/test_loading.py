"""Screens in slices: planned beside the window, imported by it."""

import json
import subprocess
import sys

SLICES = """
import json, sys
import posapp.ui.start.program
from posapp.ui.start import loading

def made_of_qt():
    return {name for name in sys.modules if name.startswith(("posapp.ui.", "PySide6"))}

before = made_of_qt()
names = loading.plan((*loading.FIRST, *loading.LATER))
on_lane = made_of_qt() - before
count, most = len(names), 0
while names:
    seen, one = made_of_qt(), [names.pop(0)]
    loading.load(one)
    most = max(most, len(made_of_qt() - seen))
seen = made_of_qt()
pages = [loading.page_class(screen).__name__ for screen in loading.SCREENS]
late = sorted(made_of_qt() - seen)
print(json.dumps([sorted(on_lane), count, most, pages, late, loading.plan((*loading.FIRST, *loading.LATER))]))
"""


def test_a_lane_reads_the_screens_and_the_window_imports_them_a_few_modules_at_a_time() -> None:
    done = subprocess.run([sys.executable, "-c", SLICES], capture_output=True, text=True, check=True)
    on_lane, count, most, pages, late, again = json.loads(done.stdout)
    assert on_lane == []
    assert count > 100
    assert most <= 5
    assert "FrontDeskPage" in pages
    assert late == again == []
