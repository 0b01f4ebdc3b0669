"""How long a booking may be."""

import pytest

from posapp.domain.base.errors import DomainError
from posapp.domain.bookings.bookings import check_minutes


@pytest.mark.parametrize("minutes", [5, 1440])
def test_a_booking_takes_five_minutes_at_least_and_a_whole_day_at_most(minutes: int) -> None:
    assert check_minutes(minutes) == minutes


@pytest.mark.parametrize("minutes", [-5, 0, 4, 1441])
def test_a_length_that_no_day_holds_is_refused(minutes: int) -> None:
    with pytest.raises(DomainError) as refused:
        check_minutes(minutes)
    assert (refused.value.code, refused.value.field) == ("minutes_invalid", "minutes")
