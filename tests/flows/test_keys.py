"""Every key of every screen can be moved, or is one that always stays; and what it does is told."""

from posapp.ui.own_keys import FIXED, portable, standard_keys
from posapp.ui.settings.section import SeveralSection
from posapp.ui.start.loading import SCREENS
from tests.flows.clerk import Clerk
from tests.flows.conftest import OpenTill


def test_every_key_that_is_bound_can_be_moved_or_always_stays(open_till: OpenTill) -> None:
    clerk = open_till()
    bound = set.union(*(_bound(clerk, one.id) for one in SCREENS), _bound_in_settings(clerk))
    assert bound <= FIXED | set(standard_keys())
    assert set(standard_keys()) <= bound, "a key that nothing has any more"


def _bound(clerk: Clerk, page: str) -> set[str]:
    shortcuts = clerk.window.shortcuts
    clerk.page(page)
    before = clerk.window.current_page_id
    shortcuts.enter_page(page)
    found = {portable(key) for action in shortcuts.listed() for key in action.bound}
    shortcuts.enter_page(before)
    return found


def _bound_in_settings(clerk: Clerk) -> set[str]:
    page, found = clerk.page("settings"), set()
    for entry in page._entries_shown():
        page.show_section(entry.id)
        section = page.section
        parts = section.parts if isinstance(section, SeveralSection) else ()
        for part in parts:
            section._show(part)
            found |= _bound(clerk, "settings")
        found |= _bound(clerk, "settings")
    clerk.quiet()
    return found
