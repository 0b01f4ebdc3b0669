"""Answers of lanes for widgets that may be closed before the answer comes."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject
from shiboken6 import isValid


def while_alive(owner: QObject, call: Callable[..., object]) -> Callable[..., None]:
    """`call`, as long as `owner` still exists; an answer for a closed sheet is dropped."""

    def answer(*values: Any) -> None:
        if isValid(owner):
            call(*values)

    return answer
