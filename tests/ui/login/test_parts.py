"""The small parts of the login."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QWidget

from posapp.ui.login.parts import Mark
from posapp.ui.theme import Choice, Theme


@pytest.mark.parametrize("choice", ["light", "dark"])
def test_the_mark_of_the_shop_is_seen_on_its_ground(
    show: Callable[[QWidget], QWidget], look: Theme, choice: Choice
) -> None:
    look.change(choice=choice)
    mark = Mark()
    mark.show_name("Harbour Lane")
    show(mark)
    filled = mark.grab().toImage().pixelColor(mark.width() // 2, 4)
    assert abs(filled.lightness() - look.tokens.bg.lightness()) > 100
