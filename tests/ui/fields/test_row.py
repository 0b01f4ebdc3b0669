"""Fields beside each other, one of them with a long message."""

from collections.abc import Callable

from PySide6.QtWidgets import QApplication, QLabel, QWidget

from posapp.ui.calendar.when import WhenBox
from posapp.ui.fields import Form
from posapp.ui.wording import Wording
from tests.factories import DAY

Show = Callable[[QWidget], QWidget]


def test_a_message_of_a_narrow_field_is_not_cut_and_its_neighbours_stay(show: Show) -> None:
    form, when = Form(), WhenBox(Wording(), lambda: DAY)
    when.join(form)
    when.resize(360, 500)
    show(when)
    before = when.day.editor.mapTo(when, when.day.editor.rect().topLeft()).y()
    when.starts.set_text("99:99")
    when.starts.check()
    QApplication.processEvents()
    assert when.day.editor.mapTo(when, when.day.editor.rect().topLeft()).y() == before
    [message] = [one for one in when.findChildren(QLabel) if one.text() == when.starts.message()]
    assert message.height() >= message.heightForWidth(message.width())
    assert message.width() > 2 * when.starts.width()
