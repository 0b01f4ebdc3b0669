"""How long a booking may be, and how it comes back to a state."""

import pytest

from posapp.domain.base.errors import DomainError
from posapp.domain.bookings.bookings import BookingStatus, check_minutes, way_back

S = BookingStatus


@pytest.mark.parametrize("minutes", [5, 1440])
def test_a_booking_takes_five_minutes_at_least_and_a_whole_day_at_most(minutes: int) -> None:
    assert check_minutes(minutes) == minutes


@pytest.mark.parametrize("minutes", [-5, 0, 4, 1441])
def test_a_length_that_no_day_holds_is_refused(minutes: int) -> None:
    with pytest.raises(DomainError) as refused:
        check_minutes(minutes)
    assert (refused.value.code, refused.value.field) == ("minutes_invalid", "minutes")


def test_the_way_back_goes_by_states_that_the_trade_knows() -> None:
    assert way_back(S.IN_SERVICE, S.BOOKED) == [S.ARRIVED, S.BOOKED]
    assert way_back(S.CANCELLED, S.ARRIVED) == [S.BOOKED, S.ARRIVED]
    assert way_back(S.DONE, S.DONE) == []
    assert way_back(S.NO_SHOW, S.CONFIRMED) == [S.CONFIRMED]
