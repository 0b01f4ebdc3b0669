"""Shaped text needs Qt; the widgets' application object serves it here, since a process can have only one."""

import pytest
from PySide6.QtWidgets import QApplication


@pytest.fixture(autouse=True)
def application(qapp: QApplication) -> QApplication:
    return qapp
