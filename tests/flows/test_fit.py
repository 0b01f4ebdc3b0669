"""Every screen at the smallest window and in a usual one: no word is cut off, nothing lies over anything."""

import pytest

from posapp.services.desks import Shop
from tests.flows.conftest import OpenTill
from tests.flows.everywhere import fill, look_around


@pytest.mark.timeout(480)
@pytest.mark.parametrize("scale", [115, 150])
def test_everything_has_room(behind: Shop, open_till: OpenTill, scale: int) -> None:
    customer = fill(behind)
    clerk = open_till(ui_scale=scale)
    assert look_around(clerk, customer, ((1024, 720), (1366, 768))) == {}
