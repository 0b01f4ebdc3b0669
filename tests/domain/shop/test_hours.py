import pytest
from hypothesis import given
from hypothesis import strategies as st

from posapp.domain.base.errors import DomainError
from posapp.domain.shop.hours import HourSpan, check_breaks, parse_spans, shown_spans, without_breaks


@pytest.mark.parametrize(
    ("typed", "spans"),
    [
        ("", []),
        ("9-18", [(540, 1080)]),
        ("9:00 to 5pm", [(540, 1020)]),
        ("14-18, 9-13", [(540, 780), (840, 1080)]),
        ("8.30-12 and 13-17", [(510, 720), (780, 1020)]),
        ("18-24", [(1080, 1440)]),
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
        ("18-9", "hours_invalid"),
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


def test_a_break_keeps_its_words():
    assert parse_spans("13-13:30 Lunch and prayer", "breaks", labels=True) == [
        HourSpan(780, 810, "Lunch and prayer")
    ]


def test_a_break_outside_of_the_hours_is_refused():
    with pytest.raises(DomainError):
        check_breaks([HourSpan(480, 510)], [HourSpan(540, 1080)], "breaks")
    check_breaks([HourSpan(480, 510)], [], "breaks")  # hours of the shop, not known here


def test_the_bar_shows_open_times_without_their_breaks():
    shown = without_breaks([HourSpan(540, 1080)], [HourSpan(780, 810, "Lunch")])
    assert [(span.starts, span.ends) for span in shown] == [(540, 780), (810, 1080)]


_minutes = st.lists(st.integers(0, 1440), min_size=2, max_size=6, unique=True).map(sorted)


@given(_minutes, st.sampled_from(["en-IE", "en-US", "de-DE", "ar-EG", "hi-IN"]))
def test_what_is_shown_is_read_back_as_it_was(minutes, locale):
    spans = [HourSpan(a, b) for a, b in zip(minutes[::2], minutes[1::2], strict=False)]
    assert parse_spans(shown_spans(spans, locale), "hours") == spans
