"""The way through all screens: which keys, and where a picture is kept.

Each part begins at the Desk with nothing open. A part that changes the shop stands at the end.
"""

from tests.ui.pictures.artist import Artist
from tests.ui.pictures.shop import PIN


def set_up(artist: Artist) -> None:
    """The first start, step by step."""
    artist.shot("setup-1-shop")
    artist.press("ctrl+Return")
    artist.shot("setup-1-refused")
    artist.type("Harbour Lane Repairs")
    artist.press("ctrl+Return")
    artist.shot("setup-2-offer")
    artist.type("Screen replacement")
    artist.press("ctrl+Return")
    artist.shot("setup-3-who")
    artist.type("Grace Adeyemi")
    artist.press("Return", "Return")
    artist.type("123456")
    artist.press("Return")
    artist.shot("setup-3-weak-pin")
    artist.press("alt+U")
    artist.shot("setup-4-printer")


def _front_desk(artist: Artist) -> None:
    artist.shot("desk-empty")
    artist.type("o")
    artist.shot("desk-found")
    artist.press("Escape")
    artist.type("4567")
    artist.shot("desk-found-by-digits")
    artist.press("Escape")
    artist.type("085 123 4567")
    artist.rest()
    artist.press("Return")
    artist.shot("desk-customer")
    artist.press("ctrl+Period")
    artist.shot("desk-today")
    artist.press("Escape", "F2")
    artist.press("alt+E")
    artist.shot("desk-customer-sheet")
    artist.focus("Data of this person")
    artist.shot("desk-customer-privacy")
    artist.click("Anonymise…")
    artist.shot("desk-customer-anonymise")
    artist.press("Escape")
    artist.come_to_front()
    artist.press("Escape")
    artist.press("alt+P")
    artist.shot("desk-another-person")
    artist.press("Escape", "Escape", "Escape", "F2", "alt+R")
    artist.shot("desk-recents")


def _newcomer(artist: Artist) -> None:
    artist.type("086 222 3344")
    artist.shot("desk-nobody")
    artist.press("Return")
    artist.shot("desk-newcomer")
    artist.type("Liam OConnor")
    artist.shot("desk-newcomer-named")
    artist.press("Tab")
    artist.shot("desk-newcomer-tab")
    artist.press("Escape")
    artist.shot("desk-newcomer-left")


def _queue(artist: Artist) -> None:
    artist.type("chidi")
    artist.rest()
    artist.press("Return")
    artist.rest()
    artist.press("alt+Q")
    artist.shot("desk-queue-asked")
    artist.press("Tab", "Return")
    artist.shot("desk-queue")
    artist.press("Escape", "F2", "Escape")
    artist.shot("desk-queue-nobody")


def _calendar(artist: Artist) -> None:
    artist.press("F3")
    artist.shot("calendar-day")
    artist.press("Escape")
    artist.shot("calendar-day-no-form")
    artist.press("Down", "Down")
    artist.shot("calendar-cursor")
    artist.press("alt+Right")
    artist.shot("calendar-tomorrow")
    artist.press("alt+Home", "alt+W")
    artist.shot("calendar-week")
    artist.press("alt+W", "ctrl+B")
    artist.type("085 123 4567")
    artist.shot("calendar-form-matches")
    artist.press("Return")
    artist.shot("calendar-form-customer")
    artist.press("Return", "Return")
    artist.shot("calendar-form-on")
    artist.press("F2", "Escape")
    artist.go("B1")
    artist.shot("calendar-booking")
    artist.press("Escape")
    artist.shot("calendar-booking-again")
    artist.press("ctrl+Down")
    artist.shot("calendar-booking-moved")
    artist.press("Escape", "X")
    artist.shot("calendar-booking-cancel")


def _calendar_newcomer(artist: Artist) -> None:
    artist.press("F3", "ctrl+B")
    artist.shot("calendar-form-draft")
    artist.focus("Phone")
    artist.press("ctrl+A")
    artist.type("086 999 0011")
    artist.press("Return")
    artist.shot("calendar-form-newcomer")
    artist.press("ctrl+Return")
    artist.shot("calendar-form-refused")


def _tickets(artist: Artist) -> None:
    artist.press("F4")
    artist.shot("tickets-board")
    artist.press("Right")
    artist.shot("tickets-board-right")
    artist.press("A")
    artist.shot("tickets-assign")
    artist.press("Escape", "alt+L")
    artist.shot("tickets-list")
    artist.press("alt+L")
    artist.shot("tickets-uncollected")
    artist.press("R")
    artist.shot("tickets-remind")
    artist.press("Escape", "D")
    artist.shot("tickets-dispose")
    artist.press("Escape", "alt+L", "ctrl+F")
    artist.type("thinkpad")
    artist.shot("tickets-found")
    artist.type("zzz")
    artist.shot("tickets-found-nothing")
    artist.press("Escape")


def _sheet(artist: Artist) -> None:
    for number in ("T2", "T1", "T3", "T5"):
        artist.go(number)
        artist.shot(f"ticket-{number}")
        artist.press("Escape")
    artist.go("T4")
    artist.press("Escape", "F4", "N")
    artist.shot("ticket-note")
    artist.press("Escape")
    artist.press("F4", "T")
    artist.shot("ticket-tell")
    artist.press("Escape", "Space")
    artist.shot("ticket-quick-look")
    artist.press("Escape")
    artist.go("T2")
    artist.click("Note the answer")
    artist.shot("estimate")
    artist.press("ctrl+L")
    artist.shot("estimate-line")
    artist.press("Escape")
    artist.press("ctrl+P")
    artist.shot("estimate-paper")


def _hand_back(artist: Artist) -> None:
    artist.go("T1")
    artist.click("Hand over and take €80.00")
    artist.shot("hand-back")
    artist.press("alt+2")
    artist.shot("hand-back-not-repaired")


def _history(artist: Artist) -> None:
    artist.type("085 123 4567")
    artist.rest()
    artist.press("Return")
    artist.rest()
    artist.press("ctrl+H")
    artist.shot("history")
    artist.press("Down", "Down")
    artist.shot("history-third")
    artist.press("alt+2")
    artist.shot("history-filtered")
    artist.press("ctrl+Period")
    artist.shot("history-details")
    artist.press("ctrl+Period", "alt+4", "End")
    artist.shot("history-sale")
    artist.press("alt+5", "Home")
    artist.shot("history-payments")
    artist.press("alt+S")
    artist.shot("history-statement")


def old_data(artist: Artist) -> None:
    """What an import brought, at the counter."""
    artist.type("16a90fc1")
    artist.shot("old-search")
    artist.press("Return")
    artist.rest()
    artist.shot("old-customer")
    artist.press("alt+E")
    artist.focus("Another e-mail")
    artist.shot("old-sheet")
    artist.press("Escape", "ctrl+H", "alt+7")
    artist.shot("old-history")
    artist.press("Down")
    artist.shot("old-history-sale")
    artist.press("Up", "alt+T")
    artist.shot("old-taken-in")
    artist.press("Return")
    artist.shot("old-ticket")
    artist.press("Escape", "F2")
    artist.type("087 555 0101")
    artist.press("Return")
    artist.type("Ida Berg")
    artist.rest()
    artist.shot("old-same-person")
    artist.press("alt+Z")
    artist.shot("old-number-given")


def _preview(artist: Artist) -> None:
    artist.go("B1")
    artist.press("Escape", "ctrl+P")
    artist.shot("preview-slip")
    artist.press("alt+3")
    artist.shot("preview-a4")
    artist.press("ctrl+Plus")
    artist.shot("preview-larger")
    artist.press("ctrl+shift+P")
    artist.shot("papers-that-wait")


def _intake(artist: Artist) -> None:
    artist.press("ctrl+T")
    artist.shot("intake-empty")
    artist.press("ctrl+Return")
    artist.shot("intake-refused")
    artist.press("ctrl+Delete", "Escape", "F2", "Escape", "Escape", "Escape")
    artist.type("nguyen")
    artist.rest()
    artist.press("Return", "ctrl+T")
    artist.shot("intake-customer")
    artist.press("alt+1")
    artist.shot("intake-kind")
    artist.press("alt+A")
    artist.shot("intake-condition")
    artist.press("alt+N")
    artist.shot("intake-no-serial")
    artist.press("ctrl+L")
    artist.shot("intake-line")
    artist.type("Display")
    artist.press("Return")
    artist.shot("intake-line-typed")
    artist.press("ctrl+Return")
    artist.shot("intake-with-line")
    artist.press("Escape", "ctrl+T", "ctrl+D")
    artist.shot("intake-second-device")


def _prices(artist: Artist) -> None:
    artist.window.show_page("settings", "prices")
    artist.press("alt+K")
    artist.type("5")
    artist.press("Return")
    artist.type("0.5")
    artist.rest()
    artist.shot("prices-percent")
    artist.press("Escape", "Escape", "F2", "Escape", "Escape", "Escape")
    artist.type("marta")
    artist.rest()
    artist.press("Return", "ctrl+T")
    artist.rest()
    artist.focus("Model")
    artist.type("Samsung Galaxy S22")
    artist.click("Cracked screen")
    artist.click("Battery")
    artist.rest()
    artist.shot("intake-prices")
    artist.click("Cracked screen €189.00")
    artist.shot("intake-price-taken")
    artist.press("ctrl+Delete")


def _sell(artist: Artist) -> None:
    artist.press("F5")
    artist.shot("sell-empty")
    artist.press("F9")
    artist.shot("sell-nothing-to-pay", still=False)
    artist.rest()
    artist.type("galaxy")
    artist.shot("sell-found")
    artist.press("Down", "Return")
    artist.type("2*12.50 Strap, leather, extra long, for a watch with a wide case")
    artist.press("Return")
    artist.type("nothing like this")
    artist.press("Return")
    artist.answer()
    artist.shot("sell-unknown", still=False)
    artist.press("ctrl+A", "Delete", "Down")
    artist.shot("sell-line")
    artist.press("ctrl+D")
    artist.type("10%")
    artist.shot("sell-discount")
    artist.press("Return", "ctrl+N")
    artist.shot("sell-customer")
    artist.type("marta")
    artist.rest()
    artist.press("Return", "F5")
    artist.shot("sell-for-marta")
    artist.press("alt+P")
    artist.shot("sell-parked")
    artist.press("alt+O")
    artist.shot("sell-held")
    artist.press("Return")
    artist.press("F9")
    artist.shot("sell-pay")
    artist.type("50")
    artist.press("Return")
    artist.shot("sell-part-paid")
    artist.type("500")
    artist.shot("sell-change")
    for number in range(2, 8):
        artist.press(f"alt+{number}")
        artist.shot(f"sell-pay-{number}")
    artist.press("alt+2", "F9")
    artist.shot("sell-done")
    artist.press("Escape", "alt+R")
    artist.shot("sell-recent")
    artist.press("Return")
    artist.shot("sell-give-back")
    artist.press("Tab", "Space")
    artist.shot("sell-give-back-chosen")


def _shift(artist: Artist) -> None:
    artist.press("shift+F5")
    artist.shot("shift-till")
    artist.press("alt+I")
    artist.shot("shift-cash-in")
    artist.type("50")
    artist.press("Return")
    artist.type("Change")
    artist.shot("shift-cash-typed")
    artist.press("Escape", "alt+X")
    artist.shot("shift-x")
    artist.press("Escape", "F9")
    artist.shot("shift-close-empty")
    for count in ("", "", "", "4", "12", "9", "7", "12", "14", "12", "11", "9", "6"):
        artist.type(count)
        artist.press("Return")
    artist.shot("shift-close-counted")
    artist.press("alt+C")
    artist.shot("shift-close-confirmed")
    artist.type("Gave 2.00 back for a faulty cable, no receipt at hand.")
    artist.press("F9")
    artist.shot("shift-closed")
    artist.type("612.40")
    artist.press("ctrl+Return")
    artist.shot("shift-verified")
    artist.press("ctrl+P")
    artist.shot("shift-paper")
    artist.press("Escape")
    artist.shot("shift-open")
    artist.press("F5")
    artist.shot("sell-no-shift")
    artist.press("shift+F5", "alt+L")
    artist.shot("shift-list")
    artist.press("Escape", "F2", "Escape")
    artist.type("Z2")
    artist.shot("desk-found-z")
    artist.press("Return")
    artist.shot("shift-found")


def _customers(artist: Artist) -> None:
    artist.press("F6")
    artist.shot("customers")
    artist.press("Down", "Down", "Space", "Down", "Space")
    artist.shot("customers-chosen")
    artist.press("Escape", "alt+3")
    artist.shot("customers-open-ticket")
    artist.press("alt+1", "alt+Right")
    artist.shot("customers-by-name")
    artist.press("ctrl+F")
    artist.type("zzz")
    artist.shot("customers-none")
    artist.press("Escape", "alt+1")


def _merging(artist: Artist) -> None:
    artist.press("shift+F6")
    artist.shot("merging")
    artist.press("alt+X")
    artist.shot("merging-swapped")
    artist.press("alt+X", "Tab", "Tab", "Right")
    artist.shot("merging-chosen")
    artist.press("alt+N")
    artist.shot("merging-none")
    artist.click("Show")
    artist.shot("merging-dismissed")
    artist.press("alt+N")
    artist.press("ctrl+F")
    artist.shot("merging-other")
    artist.press("Escape")
    artist.press("ctrl+Return")
    artist.shot("merging-done", still=False)
    artist.press("ctrl+Z")
    artist.rest()


def _reports(artist: Artist) -> None:
    """The opening page, its table, another period and days, what is behind a bar; pages of figures."""
    artist.press("F7")
    artist.shot("reports")
    artist.press("End", "Return")
    artist.shot("reports-behind")
    artist.press("Escape", "alt+T")
    artist.shot("reports-table")
    artist.press("alt+T", "alt+5")
    artist.shot("reports-year")
    artist.press("alt+6")
    artist.shot("reports-days")
    artist.press("Escape", "alt+3")
    for name in ("revenue", "sales", "tenders", "profit", "debts", "reconciliation", "shifts"):
        artist.window.show_page("desk")
        artist.window.show_page("reports", name)
        artist.shot(f"reports-{name}")
        if name in ("revenue", "tenders"):
            artist.press("alt+T")
            artist.shot(f"reports-{name}-chart")
            artist.press("alt+T")


def _books(artist: Artist) -> None:
    """Today, the month, what is behind an account, and a day without entries."""
    artist.press("F7")
    artist.window.show_page("books")
    artist.shot("books")
    artist.press("Return")
    artist.shot("books-behind")
    artist.press("Escape", "alt+3")
    artist.shot("books-month")
    artist.press("alt+1", "alt+Right")
    artist.shot("books-empty")


def _settings(artist: Artist) -> None:
    artist.press("F8")
    for number in range(30):
        section = f"settings-{number + 1:02}"
        artist.shot(section)
        before = artist.picture()
        artist.press("Return")
        artist.shot(f"{section}-inside")
        artist.press("Escape", "Escape")
        artist.window.show_page("settings")  # the second key left it, where one was enough
        artist.focus_list()
        artist.press("Down")
        if artist.picture() == before:
            break


def _settings_forms(artist: Artist) -> None:
    for section in ("services", "people", "hours", "items", "loaners", "prices"):
        artist.window.show_page("settings", section)
        artist.press("alt+N")
        artist.shot(f"settings-{section}-new")
        artist.press("Escape", "Escape")


def _settings_parts(artist: Artist) -> None:
    """What stands behind the first segment: parts of the items, and the keys of the till."""
    artist.press("F8", "alt+6", "Tab")
    for part in ("quick", "count", "levels"):
        artist.press("Right")
        artist.shot(f"settings-items-{part}")
    artist.window.show_page("settings", "till")
    artist.press("Return", "Right", "Tab")
    artist.shot("settings-keys")
    artist.press("End", "Return")
    artist.shot("settings-key-asked")
    artist.press("F9")
    artist.shot("settings-key-taken")
    artist.press("ctrl+J", "ctrl+Return")
    artist.shot("settings-key-moved")
    artist.press("alt+R")


def _import(artist: Artist) -> None:
    """The assistant while there is no file: what stands in it is drawn by the samples."""
    artist.press("F8")
    artist.window.show_page("import")
    artist.shot("import-empty")
    artist.press("Escape")


def _journal(artist: Artist) -> None:
    """The newest entries, one of them whole, those of one record, and none."""
    artist.window.show_page("settings", "journal")
    artist.answer()
    artist.press("Return")
    artist.shot("journal")
    artist.press("Home", "Down", "Down", "Return")
    artist.shot("journal-entry")
    artist.press("Escape")
    artist.focus("Record")
    artist.type("T1")
    artist.press("Return")
    artist.shot("journal-of-ticket")
    artist.focus("From")
    artist.type("2099-01-01")
    artist.press("Return")
    artist.shot("journal-empty")


def _settings_users(artist: Artist) -> None:
    """While nobody signs in; what people change of it stands behind the login."""
    artist.press("F8")
    artist.window.show_page("settings", "users")
    artist.press("Return", "alt+N")
    artist.shot("users-first")
    artist.type("Grace Adeyemi")
    artist.press("ctrl+Return")
    artist.shot("users-first-refused")
    artist.press("Escape", "F8", "Return", "Right")
    artist.shot("roles")
    artist.press("Tab", "Down", "Down", "Right")
    artist.shot("roles-cell")


def _over(artist: Artist) -> None:
    artist.press("ctrl+K")
    artist.shot("everything-empty")
    artist.type("mar")
    artist.shot("everything-found")
    artist.press("Escape", "Escape")
    for key, name in (
        ("F2", "desk"),
        ("F3", "calendar"),
        ("F4", "tickets"),
        ("F5", "sell"),
        ("F8", "settings"),
    ):
        artist.press(key, "F1")
        artist.shot(f"keys-{name}")
        artist.press("Escape")
    artist.press("F2", "shift+F1")
    artist.shot("help")
    artist.press("Escape")


def _said(artist: Artist) -> None:
    artist.press("F4", "2")
    artist.shot("said-toast", still=False)
    artist.shot("said-after")


PARTS = (
    _front_desk,
    _newcomer,
    _calendar,
    _calendar_newcomer,
    _tickets,
    _sheet,
    _hand_back,
    _history,
    _preview,
    _intake,
    _prices,
    _settings,
    _settings_forms,
    _settings_parts,
    _import,
    _journal,
    _settings_users,
    _over,
    _sell,
    _queue,
    _said,
    _shift,
    _customers,
    _merging,
    _reports,
    _books,
)


def drafts(artist: Artist) -> None:
    """What was half typed when the window was closed."""
    artist.shot("again-desk")
    artist.press("F3")
    artist.shot("again-calendar")
    artist.press("ctrl+T")
    artist.shot("again-intake")


def login(artist: Artist) -> None:
    """Nobody is signed in; then a technician is."""
    artist.shot("login")
    artist.type("to")
    artist.shot("login-find")
    artist.press("Escape", "Down")
    artist.type("111222")
    artist.shot("login-wrong")
    for _ in range(4):
        artist.type("111222")
        artist.rest()
    artist.shot("login-wait")
    artist.click("Forgot PIN? Ask a manager")
    artist.shot("login-forgot")
    artist.press("Escape", "Left")
    artist.type(PIN)
    artist.shot("login-in")
    artist.press("F5")
    artist.shot("login-refused")
