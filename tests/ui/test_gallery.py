"""The gallery is what people look at; so it must start, in both themes and at every scale of a till."""

import pytest
from pytestqt.qtbot import QtBot

from posapp.till_settings import UI_SCALES
from posapp.ui.theme import Theme
from tests.ui.a11y import assert_named
from tests.ui.gallery import make_window


@pytest.mark.parametrize("scale", UI_SCALES)
@pytest.mark.parametrize("choice", ["light", "dark"])
def test_every_page_of_the_gallery_paints_and_has_names(
    qtbot: QtBot, look: Theme, choice: str, scale: int
) -> None:
    look.change(choice="dark" if choice == "dark" else "light", scale=scale)
    window = make_window(look)
    qtbot.addWidget(window)
    window.show()
    for page in ("desk", "calendar", "import", "settings"):
        window.show_page(page)
        assert not window.grab().isNull()
    assert_named(window)
