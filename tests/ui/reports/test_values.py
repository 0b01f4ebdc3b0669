"""Figures as people read them, and changes in words."""

from datetime import date

import pytest

from posapp.domain.figures.measures import MEASURES, Unit
from posapp.domain.figures.reports import KeyFigure
from posapp.ui.reports.axis import scale_of, shown_places
from posapp.ui.reports.shares import shares_of
from posapp.ui.reports.values import change_of, period_words, shown, shown_figure
from posapp.ui.wording import Wording

IRISH, GERMAN = Wording(), Wording(locale="de-DE")


@pytest.mark.parametrize(
    ("value", "unit", "told"),
    [
        (123_456, Unit.MONEY, "€1,234.56"),
        (1204, Unit.COUNT, "1,204"),
        (65, Unit.SHARE, "6.5 %"),
        (1000, Unit.SHARE, "100 %"),
        (45, Unit.MINUTES, "45 min"),
        (330, Unit.MINUTES, "5.5 h"),
        (3024, Unit.MINUTES, "2.1 d"),
        (2880, Unit.MINUTES, "2 d"),
    ],
)
def test_a_figure_is_written_in_its_unit(value: int, unit: Unit, told: str) -> None:
    assert shown_figure(value, unit, IRISH) == told


def test_figures_have_the_marks_of_the_language_and_the_decimals_of_the_currency() -> None:
    assert shown_figure(1234, Unit.COUNT, GERMAN) == "1.234"
    assert shown_figure(65, Unit.SHARE, GERMAN) == "6,5 %"
    assert shown_figure(1234, Unit.MONEY, Wording(locale="en-US", currency="JPY")) == "¥1,234"
    assert shown_figure(1234, Unit.MONEY, Wording(locale="en-US", currency="KWD")).endswith("1.234")


def test_what_is_not_known_is_empty_and_texts_stay_as_they_are() -> None:
    assert shown(None, Unit.MONEY, IRISH) == ""
    assert shown("=1+1", Unit.TEXT, IRISH) == "=1+1"
    assert shown(date(2026, 3, 1), Unit.MONTH, IRISH) == "March 2026"


@pytest.mark.parametrize(
    ("name", "now", "before", "words", "tone"),
    [
        ("gross_minor", 891_400, 793_100, "12.4 % more", "success"),
        ("gross_minor", 891_400, 0, "€8,914.00 more", "success"),
        ("ready_minutes", 3024, 3600, "9.6 h faster", "success"),
        ("ready_minutes", 3600, 3024, "9.6 h slower", "danger"),
        ("average_minor", 6280, 5970, "€3.10 more", "success"),
        ("new_customers", 8, 10, "2 fewer", "danger"),
        ("missed", 60, 70, "1 pt fewer", "success"),
        ("missed", 70, 70, "as before", "text2"),
        ("missed", 70, None, "", "text2"),
        ("missed", None, 70, "", "text2"),
    ],
)
def test_a_change_is_said_in_words_and_is_green_where_it_is_good(
    name: str, now: int | None, before: int | None, words: str, tone: str
) -> None:
    change = change_of(KeyFigure(MEASURES[name], now, before), IRISH)
    assert (change.words, change.tone) == (words, tone)


def test_a_period_names_its_days_and_another_year() -> None:
    this = IRISH.today().year
    assert period_words(date(this, 2, 13), date(this, 3, 12), IRISH) == "13 Feb – 12 Mar"
    assert period_words(date(2019, 2, 13), date(2019, 3, 12), IRISH) == "13 Feb 2019 – 12 Mar 2019"
    assert (
        period_words(date(this - 1, 12, 28), date(this, 1, 4), IRISH) == f"28 Dec {this - 1} – 4 Jan {this}"
    )


@pytest.mark.parametrize(
    ("values", "lines"),
    [
        ([], [0, 100]),
        ([0, 0], [0, 100]),
        ([57_000], [0, 20_000, 40_000, 60_000]),
        ([-500, 1200], [-500, 0, 500, 1000, 1500]),
        ([99], [0, 100]),
    ],
)
def test_lines_of_a_chart_lie_on_round_values_around_all_bars(values: list[int], lines: list[int]) -> None:
    assert list(scale_of(values, 100).lines) == lines


def test_labels_that_have_no_room_are_left_out_evenly() -> None:
    assert shown_places([40.0] * 7, 27, 14) == [0, 2, 4, 6]
    assert shown_places([], 27, 14) == []
    assert shown_places([60.0] * 3000, 0.4, 14)[:3] == [0, 185, 370]  # ten years by day


def test_shares_are_of_what_came_in() -> None:
    assert [one[3] for one in shares_of([("a", "A", 300), ("b", "B", 100), ("c", "C", -50)])] == [750, 250, 0]
    assert [one[3] for one in shares_of([("a", "A", 0)])] == [0]
