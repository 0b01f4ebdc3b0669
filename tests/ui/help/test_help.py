import re

from PySide6.QtCore import Qt, QUrl

from posapp.paths import resources
from posapp.ui.help.topics import topic, topics
from posapp.ui.help.view import HelpView


def test_the_topics_stand_in_their_order_with_their_titles():
    titles = [one.title for one in topics()]
    assert titles[0] == "The first day"
    assert titles[-1] == "Trouble"
    assert len(titles) == len(set(titles)) == 11


def test_every_link_leads_to_a_topic():
    for one in topics():
        for link in re.findall(r"\]\(([^)]+)\)", one.text):
            assert topic(link) is not None, (one.id, link)


def test_the_words_are_plain():
    for file in (resources() / "help").glob("*.md"):
        text = file.read_text(encoding="utf-8")
        assert "!" not in text, file.name
        assert not re.search(r"\b(please|successfully|invalid)\b", text, re.IGNORECASE), file.name


def test_a_topic_is_chosen_by_arrow_and_read_as_text(qtbot, show, look):
    view = show(HelpView())
    assert view.reader.toPlainText().startswith("The first day")
    view.list.setFocus()
    qtbot.keyClick(view.list, Qt.Key.Key_Down)
    assert view.reader.toPlainText().startswith("Find a customer")
    assert view.reader.accessibleName() == "Find a customer"


def test_a_link_turns_to_its_topic(look, qtbot):
    view = HelpView()
    qtbot.addWidget(view)
    view.reader.anchorClicked.emit(QUrl("03-book-a-visit.md"))
    assert view.reader.toPlainText().startswith("Book a visit")


def test_the_page_takes_the_colours_of_the_theme(look, qtbot):
    view = HelpView()
    qtbot.addWidget(view)
    look.change(choice="dark")
    first = view.reader.document().begin().begin().fragment().charFormat()
    assert first.foreground().color() == look.tokens.text
