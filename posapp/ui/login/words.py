"""How people are spoken of at the login: when they were last at a till, and how long they wait."""

from posapp.domain.people.users import Tile
from posapp.ui.wording import Wording, translator

_tr = translator("Login")


def last_seen(tile: Tile, till: str, wording: Wording) -> str:
    """`last in today 08:55`, `last in yesterday`, `at Till 2 since 09:02`."""
    if tile.last_in_at is None:
        return _tr("not in yet")
    here = wording.here(tile.last_in_at)
    days = (wording.today() - here.date()).days
    time = wording.time(here.time())
    if days == 0 and tile.last_in_till != till:
        return _tr("at {till} since {time}").format(till=tile.last_in_till, time=time)
    if days == 0:
        return _tr("last in today {time}").format(time=time)
    if days == 1:
        return _tr("last in yesterday")
    return _tr("last in {day}").format(day=wording.day_in_list(here.date()))


def countdown(seconds: int) -> str:
    """What is left of a wait: `25 s`, `2:05 min`."""
    minutes, rest = divmod(seconds, 60)
    if not minutes:
        return _tr("{seconds} s").format(seconds=rest)
    return _tr("{minutes}:{seconds:02} min").format(minutes=minutes, seconds=rest)
