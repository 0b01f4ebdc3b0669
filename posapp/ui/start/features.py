"""Keeps PySide from reading the source of every module that is imported.

It does so to find out which of them use Qt, for `from __feature__ import …`, which nothing here does
(PYSIDE-2029; `_mod_uses_pyside` in shibokensupport/feature.py of PySide 6.11). The lines read stay in memory:
17 MiB, and a tenth of the start.
"""

import sys
from typing import Any

import PySide6.QtCore  # noqa: F401 - makes shibokensupport importable


def pass_over_sources() -> None:
    """Take every module for one that may use Qt and asks for no feature, without looking."""
    feature: Any = sys.modules.get("shibokensupport.feature")
    if hasattr(feature, "_mod_uses_pyside"):
        feature._mod_uses_pyside = lambda _module: True
