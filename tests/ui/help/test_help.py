import re

from posapp.paths import resources
from posapp.ui.help.topics import topics


def test_the_topics_stand_in_their_order_with_their_titles():
    titles = [one.title for one in topics()]
    assert titles[0] == "The first day"
    assert titles[-1] == "Trouble"
    assert len(titles) == len(set(titles)) == len(list((resources() / "help").glob("*.md")))


def test_every_link_leads_to_a_topic():
    for one in topics():
        for link in re.findall(r"\]\(([^)]+)\)", one.text):
            assert link in [other.id for other in topics()], (one.id, link)


def test_the_words_are_plain():
    for file in (resources() / "help").glob("*.md"):
        text = file.read_text(encoding="utf-8")
        assert "!" not in text, file.name
        assert not re.search(r"\b(please|successfully|invalid)\b", text, re.IGNORECASE), file.name
