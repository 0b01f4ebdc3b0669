"""The window: the only home of Qt. This page is the guide for whoever writes a screen.

**A screen** is a folder (`front_desk/`, `calendar/`) with a `Page` (posapp.ui.window.page): widgets and
words, no rules. Its presenter is plain Python, owned by the page, and hands work to a lane. It is one line of
`SCREENS` in `posapp.ui.start.loading` and is made with its `Shell` and the `Session` when it is first shown:

    Screen("calendar", lambda: _tr("Calendar"), "calendar-days", "F3", "calendar", "CalendarPage"),

    shell.show_page("calendar")  # show_page("history", 7) calls page.activated(7)

A page overrides `title()`, `subtitle()`, `own_actions()` (what can be done: keys, key bar, F1, buttons come
from it; the key bar is asked again when the focus moves, or after `keys_changed`), `first_field()`,
`activated(payload)`, `escape()` (close the innermost thing, True if there was one) and
`compact_changed(is_compact)` (narrower than 1280: put side columns into sheets). Pages with `in_rail=False`
go back with Esc.

**Parts** of a page are made with what they use (a form, a presenter, the shell) and answer by signals; they
never import their page. `tests/test_house.py` refuses circles of imports.

**From the window** (`self.shell`, see `posapp.ui.window.shell`): `counter`, `set_counter(customer)` and the
signal `counter_changed` (anything with `pl_id` and `name`); `open_sheet(title, widget)`, `close_sheet()`;
`loading.begin("Loading bookings", cancel=...)` and `.end()`; `is_read_only`, `read_only_changed`;
`set_search_provider(search)` for Ctrl+K.

**Work** never runs on the window's thread: a screen's `Presenter` (`posapp.ui.presenter`) hands it to a lane
by `read`, `do` and `write`. `failed` gets the error: show `sentence_of(error)`, at `error.field` in a form.
Minutes of work are a `ChildProcess`. Nothing of Qt is called on a lane.

**A record** is shown and saved by `posapp.ui.record`: `RecordPage` is the base of a sheet over one record
(read, try again, follow what changes elsewhere, what is typed), `Saving` saves a form once and says a
refusal.

**What is half typed** is kept by a `DraftKeeper` of the form, in `KeptForms` under the mark (`mark_of`, never
a key alone) of whom or what it is about. It is a draft once it differs from what the program filled in
(`filling`, `settle`), is dated, goes to a lane of its own within `DRAFT_EVERY_MS` of a key, and is forgotten
by the work that saves it, since the window may be gone before the answer. A `DraftBar` says that one came
back.

**Words to the clerk**: `shell.notices.toast("B319 booked", undo=..., redo=...)` (both get a `Turn` and tell
it how it went, see `posapp.ui.window.undo`; `session.own` refuses what another till changed),
`.status("Unknown code 123", "danger")` in the key bar, `.raise_notice(...)` / `.withdraw(region)` for trouble
that stays; a `NoticeBar` of the page's own for trouble of one region; an `AskBar` asks, and Ctrl+Z closes it
first. How values are written stands in `posapp.ui.wording` (days, times, phones, amounts).

**Keys**: declare an `Action` (`posapp.ui.actions`) once and let `own_actions()` give it; what works
everywhere is bound by `shell.shortcuts.bind(actions)`. Its button is `action_button(action)`. Plain letters
belong into `keyPressEvent` of the list that has the focus, never into a shortcut: the scanner (`scanner.py`,
signal `scanned(code)`) can hold them back only there, until nothing has followed; to the key bar they are a
`hint`. Keys act on what is in front: an action for the page's chosen record has `on_record=True`, a sheet
says in `front_keys()` what the keys mean for its own, and a painted view says in `subject()` what lies under
its cursor.

**Who works here** is `session.actor`: ask it each time, and never keep it. `shell.may(permission)` is for
what is left out where somebody may not do it (an `Action` or a screen names its `needs`); the desks refuse
all the same. `session.feed.actor_changed` says that somebody else signed in or that rights changed. While
the window is covered its parts are hidden without being closed: a `hideEvent` that means "closed" asks
`isHidden()`.

**Looks**: `theme()` (posapp.ui.theme) has `tokens` (colours by job), `px(length)` (lengths of the design
at this till's scale), `font("title")`, `row_height(48)`. Widgets take their look by dynamic properties of
the one style sheet: `label(text, "small", tone="text2")`, `Card(title)`, `button(kind="primary",
size="l")`. Whoever paints asks `theme().tokens` in every paint and keeps no colours. Icons are names of
resources/icons.

**Layout**: `rows` and `columns` (`posapp.ui.layout`), in the lengths of the design. **Words**: `self.tr` in a
widget, elsewhere `_tr = translator("Intake")` of `posapp.ui.wording`.

**Parts**: `widgets.buttons` (action_button, Button, button, icon_button, CheckBox), `widgets.labels` (label,
line, Elided, KeyHint, PlBadge, StatusPill, CountPill), `widgets.status` (booking_look), `widgets.paint`
(draw_pill, draw_badge, ... for delegates and the calendar), `widgets.choices` (ChipGroup, Segmented),
`widgets.cards` (Card, EmptyState, FactStrip), `widgets.messages` (IconLabel, announce), `window.notice_bar`,
`widgets.progress` (ProgressLine), `widgets.flow` (FlowLayout), `widgets.scroll` (Scroller: forms scroll,
their buttons do not); `fields` (Form and its fields); `tables` (RowsModel, PagedModel, TwoLineDelegate,
dress_list, dress_table).
"""
