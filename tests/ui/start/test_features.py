"""What PySide does at every import."""

import subprocess
import sys

READ = """
import linecache, os
import posapp.ui.start.program
import sqlalchemy
ours = os.path.join("posapp", "ui")
print(len([name for name in linecache.cache if "sqlalchemy" in name or ours in name]))
"""


def test_no_source_is_read_when_a_module_is_imported() -> None:
    done = subprocess.run([sys.executable, "-c", READ], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["0"]
