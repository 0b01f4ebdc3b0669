"""Which hours are seen: opening hours fill the height, nothing begins in the night."""

from collections.abc import Sequence
from datetime import date

import pytest
from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QImage, QPainter

from posapp.domain.base.clock import wall_at
from posapp.services.desks import Shop
from posapp.ui.calendar.arrangement import Beside, Block, Column, Picture
from posapp.ui.calendar.beside import beside
from posapp.ui.calendar.geometry import LEAST_LANE, LEAST_LANE_OF_TWELVE, Geometry, beside_in
from posapp.ui.calendar.painting import advance, margins_in, paint_block
from posapp.ui.calendar.stretch import first_slot, home_minute, is_in_reach
from posapp.ui.theme import theme
from posapp.ui.wording import Wording
from tests.factories import TILL, a_booking

TODAY, TOMORROW = date(2026, 3, 12), date(2026, 3, 13)
USUAL, NEVER_CLOSED, NIGHT = ((540, 1080),), ((0, 1440),), ((0, 120), (1080, 1440))
# What the calendar has in a window of 1024x720, 1366x768, 1920x1080 and 2560x1440, form and header taken off.
SIZES = [(516, 548), (824, 588), (1378, 900), (2018, 1260)]


def _picture(
    spans: Sequence[tuple[int, int]], *, day: date = TODAY, now: int = 872, blocks: Sequence[Block] = ()
) -> Picture:
    column = Column(day, None, (), tuple(spans), (), "", 0, None, tuple(blocks), ())
    return Picture(day, wall_at(TODAY, now), (), (column,), False)


def _block(shop: Shop, starts: int, ends: int, lane: int = 0, lanes: int = 1, width: int = 1) -> Block:
    return Block(a_booking(shop, shop.actor(TILL)), starts, ends, lane, lanes, width)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.usefixtures("look")
def test_opening_hours_fill_the_height_at_every_size(size: tuple[int, int]) -> None:
    geometry = Geometry(_picture(USUAL), QSize(*size), QPointF())
    at_home = Geometry(_picture(USUAL), QSize(*size), QPointF(0, geometry.home()))
    grid = at_home.grid()
    assert at_home.hour >= theme().px(58)
    assert grid.top() <= at_home.y(540) < grid.top() + 20 or at_home.y(1080) <= grid.bottom()
    assert at_home.y(1080) >= grid.bottom() - 20
    assert at_home.y(540) <= grid.top() + 20


@pytest.mark.usefixtures("look")
def test_a_day_of_one_hour_is_not_drawn_out_over_a_whole_screen() -> None:
    geometry = Geometry(_picture(((600, 660),)), QSize(2018, 1260), QPointF())
    assert geometry.hour == theme().px(240)


def test_now_stands_in_the_upper_third_where_the_day_is_longer_than_the_window() -> None:
    assert home_minute(_picture(NEVER_CLOSED), 540) == 872 - 135
    assert home_minute(_picture(USUAL), 540) == 540
    assert home_minute(_picture(USUAL), 480) == 1080 - 480  # no closed hours while there are open ones


@pytest.mark.parametrize("now", [0, 120, 180, 300])
def test_nothing_begins_in_the_night(now: int) -> None:
    assert home_minute(_picture(USUAL, now=now), 480) == 540
    assert first_slot(_picture(USUAL, now=now)) == 540
    assert home_minute(_picture(NEVER_CLOSED, day=TOMORROW, now=now), 480) == 480
    assert home_minute(_picture(NIGHT, day=TOMORROW, now=now), 480) == 960
    assert home_minute(_picture((), day=TOMORROW, now=now), 480) == 540


def test_closed_hours_between_two_nights_are_not_what_the_eye_begins_with() -> None:
    assert home_minute(_picture(NIGHT, now=600), 480) == 960
    assert first_slot(_picture(NIGHT, now=600)) == 1080
    assert home_minute(_picture(NIGHT, now=30), 480) == 0
    assert home_minute(_picture(NIGHT, now=1170), 480) == 960


def test_a_booking_long_before_the_opening_does_not_move_the_day(sqlite_shop: Shop) -> None:
    far, near = _block(sqlite_shop, 120, 150), _block(sqlite_shop, 480, 510)
    assert home_minute(_picture(USUAL, day=TOMORROW, blocks=[far]), 480) == 540
    assert home_minute(_picture(USUAL, day=TOMORROW, blocks=[far, near]), 480) == 480
    assert not is_in_reach(_picture(USUAL), 120, 150)
    assert is_in_reach(_picture(USUAL), 1080, 1110)


@pytest.mark.usefixtures("look")
def test_a_quarter_of_an_hour_has_room_for_its_line(sqlite_shop: Shop) -> None:
    picture = _picture(USUAL, blocks=[_block(sqlite_shop, 600, 615)])
    rect = Geometry(picture, QSize(516, 548), QPointF()).block(0, picture.columns[0].blocks[0])
    assert rect.height() >= theme().metrics("caption", 600).height()


@pytest.mark.parametrize("start", range(540, 720, 15))
def test_a_draft_never_lies_over_a_booking(sqlite_shop: Shop, start: int) -> None:
    made, ends = a_booking(sqlite_shop, sqlite_shop.actor(TILL)), start + 45
    spans = [(540, 600, 0, 2, 1), (570, 630, 1, 2, 1), (600, 640, 0, 2, 1), (660, 720, 0, 1, 1)]
    blocks = tuple(Block(made, *one) for one in spans)
    column, lane = beside(_picture(USUAL, blocks=blocks).columns[0], start, ends)
    for one in column.blocks:
        if one.starts < ends and start < one.ends:
            assert one.lanes == lane.lanes
            assert one.lane + one.width <= lane.lane or one.lane > lane.lane


def test_a_draft_at_a_free_time_has_the_whole_column(sqlite_shop: Shop) -> None:
    column = _picture(USUAL, blocks=[_block(sqlite_shop, 540, 600)]).columns[0]
    same, lane = beside(column, 600, 645)
    assert same is column
    assert (lane.lane, lane.lanes) == (0, 1)


@pytest.mark.usefixtures("look")
def test_a_narrow_column_counts_rather_than_cuts_the_times() -> None:
    assert beside_in(2000, 7, is_week=True) == Beside(3, 3)
    assert beside_in(1238, 7, is_week=True) == Beside(3, 3)  # 1366x768, the week alone
    assert beside_in(830, 7, is_week=True) == Beside(2, 1)
    assert beside_in(1238, 7, is_week=True, has_halves=True) == Beside(2, 2)  # `10:15 am`


@pytest.mark.usefixtures("look")
def test_the_line_of_now_goes_behind_the_words(sqlite_shop: Shop) -> None:
    picture = QImage(200, 44, QImage.Format.Format_RGB32)
    picture.fill(theme().tokens.surface)
    painter = QPainter(picture)
    paint_block(
        painter, QRectF(0, 0, 200, 44), _block(sqlite_shop, 600, 645), Wording(), with_service=False, now=13
    )
    painter.end()
    red = [x for x in range(200) if picture.pixelColor(x, 13) == theme().tokens.danger]
    assert red
    assert not [x for x in red if 14 <= x <= 60]  # where icon and time stand
    assert red[-1] > 180


@pytest.mark.usefixtures("look")
def test_the_narrowest_booking_has_room_for_its_time() -> None:
    for lane, words in ((LEAST_LANE, "10:15"), (LEAST_LANE_OF_TWELVE, "12:45 pm")):
        width = theme().px(lane) - theme().px(2)
        time = advance(words, theme().font("caption", 600))
        assert time <= width - sum(margins_in(width))
