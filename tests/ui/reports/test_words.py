"""Whatever a report is called is there for translators."""

from posapp.domain.figures.measures import MEASURES
from posapp.services.figures.pages.table import PAGES
from posapp.ui.reports.words import known, way_words

REPORTS = [page.report for page in PAGES.values()]


def test_every_measure_report_and_key_of_a_row_has_its_words() -> None:
    told = {one.words for one in MEASURES.values()}
    told |= {word for one in REPORTS for word in (one.words, one.meaning)}
    told |= {column.words for one in REPORTS for way in one.bys for column in one.columns_by(way)}
    assert sorted(told - known() - {""}) == []
    assert sorted(known() - told) == [], "words of nothing any more"


def test_every_way_of_a_page_has_its_words() -> None:
    ways = {way for one in REPORTS for way in one.bys if way}
    assert [way for way in sorted(ways) if not way_words(way).startswith("By ")] == []
