"""How wide the columns of the list of customers stand, and which are left out where there is no room."""

from collections.abc import Collection

from posapp.domain.figures.customer_list import SortBy
from posapp.ui.customer_list.words import ORDER
from posapp.ui.theme import theme

_WIDTHS = {
    SortBy.NAME: 150,
    SortBy.PHONE: 150,
    SortBy.VISITS: 88,
    SortBy.TICKETS: 120,
    SortBy.LAST_VISIT: 104,
    SortBy.SPENT: 112,
    SortBy.BALANCE: 136,
}
"""What each needs, in pixels of the design; the ID is as wide as its numbers."""
_SHARES = {SortBy.NAME: 6, SortBy.PHONE: 3, SortBy.TICKETS: 1, SortBy.LAST_VISIT: 1, SortBy.SPENT: 1}
"""How the room that is left is given out."""
_GO_FIRST = (SortBy.VISITS, SortBy.LAST_VISIT, SortBy.TICKETS, SortBy.PHONE, SortBy.SPENT)


def widths_in(room: int, id_width: int, without: Collection[SortBy]) -> dict[SortBy, int]:
    """The columns that are shown in so much room, and how wide they are."""
    px = theme().px
    found = {one: id_width if one is SortBy.ID else px(_WIDTHS[one]) for one in ORDER if one not in without}
    for one in _GO_FIRST:
        if sum(found.values()) <= room:
            break
        found.pop(one, None)
    spare = max(room - sum(found.values()), 0)
    shares = {one: share for one, share in _SHARES.items() if one in found}
    for one, share in shares.items():
        found[one] += spare * share // sum(shares.values())
    found[SortBy.NAME] += room - sum(found.values())
    return found
