import pytest
from hypothesis import given
from hypothesis import strategies as st

from posapp.domain.base.errors import DomainError
from posapp.domain.shop.hours import (
    HourSpan,
    check_breaks,
    check_week,
    parse_spans,
    shown_spans,
    without_breaks,
)


@pytest.mark.parametrize(
    ("typed", "spans"),
    [
        ("", []),
        ("9-18", [(540, 1080)]),
        ("9:00 to 5pm", [(540, 1020)]),
        ("14-18, 9-13", [(540, 780), (840, 1080)]),
        ("8.30-12 and 13-17", [(510, 720), (780, 1020)]),
        ("18-24", [(1080, 1440)]),
        ("18-2", [(1080, 1560)]),
        ("18:00-02:00, 9-13", [(540, 780), (1080, 1560)]),
        ("10pm-6am", [(1320, 1800)]),
        ("9am-6am", [(540, 1800)]),
        ("midnight-6am", [(0, 360)]),
        ("9:00 am–6:00 pm", [(540, 1080)]),
    ],
)
def test_hours_are_read_as_people_write_them(typed, spans):
    assert [(span.starts, span.ends) for span in parse_spans(typed, "hours")] == spans


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("9-13, 12-18", "hours_overlap"),
        ("18-9", "hours_unclear"),
        ("9-6", "hours_unclear"),
        ("9-9", "hours_invalid"),
        ("open", "hours_unclear"),
        ("9-", "hours_unclear"),
        ("25-26", "hours_unclear"),
        ("9-18 Lunch", "hours_unclear"),
        ("9-18" * 3000, "hours_unclear"),
    ],
)
def test_what_cannot_be_is_refused(typed, code):
    with pytest.raises(DomainError) as refused:
        parse_spans(typed, "hours")
    assert (refused.value.code, refused.value.field) == (code, "hours")


def test_an_end_that_can_be_read_in_two_ways_is_asked_back_with_both():
    with pytest.raises(DomainError) as refused:
        parse_spans("9-6", "hours")
    assert refused.value.sentence == (
        "Is it 09:00–18:00, or 09:00–06:00 on the next day? Enter it as it stands here."
    )
    assert parse_spans("09:00–06:00", "hours") == [HourSpan(540, 1800)]


def test_a_break_keeps_its_words():
    assert parse_spans("13-13:30 Lunch and prayer", "breaks", labels=True) == [
        HourSpan(780, 810, "Lunch and prayer")
    ]


def test_a_break_outside_of_the_hours_is_refused():
    with pytest.raises(DomainError):
        check_breaks([HourSpan(480, 510)], [HourSpan(540, 1080)], "breaks")
    check_breaks([HourSpan(480, 510)], [], "breaks")  # hours of the shop, not known here


def test_a_break_of_a_night_may_be_on_either_side_of_midnight():
    night = [HourSpan(1080, 1560)]
    check_breaks([HourSpan(1410, 1455)], night, "breaks")  # 23:30 to 0:15
    check_breaks([HourSpan(30, 60)], [HourSpan(540, 780)], "breaks", night)
    for before, said in (([], "after midnight"), ([HourSpan(1080, 1440)], "after midnight")):
        with pytest.raises(DomainError, match=said):
            check_breaks([HourSpan(30, 60)], night, "breaks", before)


@pytest.mark.parametrize(
    ("week", "said"),
    [
        ([(4, "open", HourSpan(1080, 1560)), (5, "open", HourSpan(60, 300))],
         "Fri 18:00–02:00 and Sat 01:00–05:00 overlap."),
        ([(6, "open", HourSpan(1080, 1560)), (0, "open", HourSpan(60, 300))],
         "Sun 18:00–02:00 and Mon 01:00–05:00 overlap."),
        ([(4, "open", HourSpan(540, 1080)), (4, "break", HourSpan(1080, 1110))],
         "The break 18:00–18:30 is outside the open hours."),
    ],
)  # fmt: skip
def test_a_week_whose_parts_do_not_go_together_is_refused(week, said):
    with pytest.raises(DomainError) as refused:
        check_week(week)
    assert refused.value.sentence.startswith(said)


def test_a_week_round_the_clock_and_one_of_nights_go_together():
    check_week([(day, "open", HourSpan(0, 1440)) for day in range(7)])
    check_week([(day, "open", HourSpan(1080, 1560)) for day in range(7)])


def test_the_bar_shows_open_times_without_their_breaks():
    shown = without_breaks([HourSpan(540, 1080)], [HourSpan(780, 810, "Lunch")])
    assert [(span.starts, span.ends) for span in shown] == [(540, 780), (810, 1080)]


_minutes = st.lists(st.integers(0, 1440), min_size=2, max_size=6, unique=True).map(sorted)


@given(_minutes, st.sampled_from(["en-IE", "en-US", "de-DE", "ar-EG", "hi-IN"]))
def test_what_is_shown_is_read_back_as_it_was(minutes, locale):
    spans = [HourSpan(a, b) for a, b in zip(minutes[::2], minutes[1::2], strict=False)]
    if spans and spans[-1].starts > 720:  # the last one goes on after midnight
        spans[-1] = spans[-1]._replace(ends=spans[-1].starts + 600)
    assert parse_spans(shown_spans(spans, locale), "hours") == spans
