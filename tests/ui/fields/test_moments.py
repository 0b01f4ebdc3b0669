"""Fields for days: the year is never cut."""

from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from posapp.ui.fields import DayField
from posapp.ui.theme import theme
from posapp.ui.wording import Wording


@pytest.mark.parametrize("locale", ["en-IE", "de-DE", "ar-EG", "hu-HU"])
@pytest.mark.usefixtures("look")
def test_a_day_field_is_never_narrower_than_a_day_with_its_year(qtbot: QtBot, locale: str) -> None:
    wording = Wording(locale=locale)
    field = DayField("day", "Day", wording=wording)
    qtbot.addWidget(field)
    words = wording.day(date(2026, 9, 30))
    assert "2026" in words
    room = field.editor.minimumSizeHint().width() - theme().px(40)
    assert theme().metrics("field").horizontalAdvance(words) <= room
