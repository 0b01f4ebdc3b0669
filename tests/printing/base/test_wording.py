"""The words of papers."""

import pytest

from posapp.printing.base import wording


@pytest.mark.parametrize(
    ("minutes", "words"), [(5, "5 min"), (60, "1 h"), (90, "1 h 30 min"), (1500, "25 h"), (0, "0 min")]
)
def test_lengths_are_hours_and_minutes(minutes: int, words: str) -> None:
    assert wording.length(minutes) == words


def test_a_moment_is_day_and_time() -> None:
    assert wording.moment("2026-03-12T14:36", "en_IE") == "12 Mar 2026, 14:36"
