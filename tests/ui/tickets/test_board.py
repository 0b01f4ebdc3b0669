"""The board by keys: moving, filtering, other tills, and what it refuses."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QAccessible, QDropEvent
from PySide6.QtTest import QAbstractItemModelTester

from posapp.domain.repairs.devices import DeviceKind
from posapp.domain.repairs.tickets import Needed, Ticket
from posapp.domain.shop.businesses import ResourceKind
from posapp.services.desks import Shop
from posapp.services.repairs.ticket_states import EditState
from posapp.services.repairs.tickets import EditJob, MoveJob
from posapp.services.shop.businesses import SaveResource
from posapp.ui.tickets.column import MIME, ColumnView
from tests.ui.a11y import assert_named
from tests.ui.other_page import OtherPage
from tests.ui.tickets.conftest import Clerk

TakeInCall = Callable[..., Ticket]
OpenTill = Callable[..., Clerk]


def test_a_ticket_goes_from_received_to_handed_back_by_keys(take_in: TakeInCall, open_till: OpenTill) -> None:
    take_in()
    clerk = open_till()
    assert clerk.focused_card() == "T1"
    clerk.press("2")
    assert clerk.column("Diagnosing") == ["T1"]
    clerk.press("5", "6")
    assert clerk.column("Ready") == ["T1"]
    assert clerk.focused_card() == "T1"
    assert clerk.toasts[-1] == "T1: ready"
    clerk.press("Return")
    clerk.tab_to("Hand over")
    clerk.press("Return")
    assert clerk.hand_back.isVisible()
    clerk.press("ctrl+Return")
    assert clerk.toasts[-1] == "T1: handed over to Anna Byrne"
    assert clerk.job("T1").handed_to == "Anna Byrne"
    clerk.show("tickets")
    assert clerk.column("Ready") == []


def test_going_back_asks_why_and_undo_takes_a_move_back(take_in: TakeInCall, open_till: OpenTill) -> None:
    take_in()
    clerk = open_till()
    clerk.press("6")
    clerk.press("5")
    assert "Why?" in clerk.page.ask.text()
    clerk.press("Return")
    assert clerk.job("T1").state.code == "ready"
    clerk.type("Camera fails")
    clerk.press("Return")
    assert clerk.job("T1").state.code == "in_repair"
    clerk.press("ctrl+Z")
    assert clerk.job("T1").state.code == "ready"
    assert clerk.focused_card() == "T1"


def test_a_forbidden_move_says_why_and_nothing_moves(take_in: TakeInCall, open_till: OpenTill) -> None:
    take_in()
    clerk = open_till()
    clerk.press("6")
    clerk.press("1")
    clerk.type("again")
    clerk.press("Return")
    assert clerk.said[-1].startswith("Ready cannot become received. Possible: ")
    assert clerk.job("T1").state.code == "ready"


def test_filters_show_what_is_late_due_and_meant(take_in: TakeInCall, open_till: OpenTill) -> None:
    take_in("iPhone 13", hours=-3)
    take_in("Pixel 8", hours=4)
    take_in("Switch", hours=60)
    clerk = open_till()
    tools = clerk.page.tools
    assert (tools.late.text(), tools.today.text()) == ("1 late", "1 due today")
    tools.late.setFocus()
    clerk.press("Space")
    assert clerk.column("Received") == ["T1"] and tools.late.isChecked()
    tools.today.setFocus()
    clerk.press("Space")
    assert clerk.column("Received") == ["T2"] and not tools.late.isChecked()
    clerk.press("Escape")
    assert clerk.column("Received") == ["T1", "T2", "T3"] and not tools.today.isChecked()
    clerk.press("ctrl+F")
    clerk.type("switch")
    assert clerk.column("Received") == ["T3"]
    clerk.type(" nothing")
    assert clerk.column("Received") == []
    clerk.press("Escape")
    assert clerk.focused_card() in ("T1", "T2", "T3")


def test_the_board_shows_one_kind_of_device(take_in: TakeInCall, open_till: OpenTill) -> None:
    take_in("iPhone 13")
    take_in("MacBook Air", kind=DeviceKind.LAPTOP)
    clerk = open_till()
    kinds = clerk.page.tools.kind
    kinds.setFocus()
    clerk.press("Down", "Down")
    assert kinds.currentText() == "Laptop"
    assert clerk.column("Received") == ["T2"]
    clerk.press("Escape")
    assert clerk.column("Received") == ["T1", "T2"]
    kinds.setFocus()
    clerk.press("Down", "Down")
    clerk.move("T2", "cancelled", reason="Not wanted")
    # With the last laptop its filter is gone too.
    assert (kinds.currentText(), clerk.column("Received")) == ("Any device", ["T1"])


def test_waiting_for_approval_asks_for_the_amount(take_in: TakeInCall, open_till: OpenTill) -> None:
    take_in()
    clerk = open_till()
    clerk.press("3")
    assert clerk.job("T1").state.code == "needs_approval"
    clerk.type("149")
    clerk.press("ctrl+Return")
    assert clerk.job("T1").price_minor == 14900
    clerk.press("Escape", "1")
    clerk.type("Called back")
    clerk.press("Return")
    clerk.press("3")
    assert clerk.window.current_page_id == "tickets"  # the amount is known


def test_what_a_state_wants_to_know_is_asked_for_on_its_page(
    take_in: TakeInCall, open_till: OpenTill
) -> None:
    take_in()
    clerk = open_till()
    needs = frozenset({Needed.FOUND, Needed.PRICE})
    clerk.shop.ticket_states.edit(clerk.actor, EditState(code="ready", needs=needs))
    clerk.press("6")
    assert clerk.ticket.notice.text() == "Before T1 is ready, enter what was found and the price."
    clerk.type("Glass replaced")
    clerk.press("alt+P")
    clerk.type("89")
    clerk.press("ctrl+Return")
    assert clerk.job("T1").price_minor == 8900
    clerk.press("Escape", "6")
    assert clerk.column("Ready") == ["T1"]


def test_assigning_by_key_and_by_undo(take_in: TakeInCall, open_till: OpenTill) -> None:
    take_in()
    clerk = open_till()
    names = [one.name for one in clerk.session.catalogue.resources if one.kind.value == "staff"]
    clerk.press("A")
    clerk.press("Return")
    assert clerk.job("T1").technician == (names or [""])[0]
    clerk.press("ctrl+Z")
    assert clerk.job("T1").technician == ""


def test_a_change_at_another_till_leaves_the_focused_card_alone(
    take_in: TakeInCall, open_till: OpenTill
) -> None:
    for _ in range(8):
        take_in()
    clerk = open_till()
    clerk.press("End")
    focused = clerk.focused_card()
    view = next(one for one in clerk.page.board.views() if one.hasFocus())
    before = view.visualRect(view.currentIndex()).y()
    clerk.move("T1", "ready")
    assert clerk.focused_card() == focused == "T8"
    assert view.hasFocus()
    after = view.visualRect(view.currentIndex()).y()
    assert abs(after - before) <= view.sizeHintForRow(0)
    assert clerk.column("Ready") == ["T1"]


def test_a_card_can_be_dragged_to_another_column(take_in: TakeInCall, open_till: OpenTill) -> None:
    take_in()
    clerk = open_till()
    received, diagnosing = clerk.page.board.views()[:2]
    data = received.model_of_cards.mimeData([received.model_of_cards.index(0, 0)])
    drop = QDropEvent(
        QPointF(20, 20),
        Qt.DropAction.MoveAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    diagnosing.dropEvent(drop)
    clerk.settle()
    assert clerk.job("T1").state.code == "diagnosing"
    foreign = QMimeData()
    foreign.setText("T1")
    assert not foreign.hasFormat(MIME)


def test_cards_keep_the_rules_of_qt_models(take_in: TakeInCall, open_till: OpenTill) -> None:
    take_in()
    clerk = open_till()
    model = clerk.page.board.views()[0].model_of_cards
    mode = QAbstractItemModelTester.FailureReportingMode.Fatal
    tester = QAbstractItemModelTester(model, mode, clerk.page)
    clerk.press("2")
    clerk.move("T1", "ready")
    assert tester.model() is model


def test_what_does_not_fit_is_counted(take_in: TakeInCall, open_till: OpenTill) -> None:
    for _ in range(9):
        take_in()
    clerk = open_till()
    more = clerk.page.board.columns()[0].more
    assert more.isVisible()
    assert more.text() == f"{clerk.page.board.views()[0].hidden_below()} more"


def test_the_last_card_above_how_many_more_there_are_is_whole(
    take_in: TakeInCall, open_till: OpenTill
) -> None:
    for _ in range(9):
        take_in()
    clerk = open_till()
    for height in (768, 801, 720):
        clerk.window.resize(1366, height)
        clerk.settle()
        view = clerk.page.board.views()[0]
        card = view.rowHeight(0)
        assert view.viewport().height() % card == 0
        view.scrollToBottom()
        assert view.rowViewportPosition(9 - view.viewport().height() // card) == 0


def test_in_a_narrow_window_empty_columns_fold(take_in: TakeInCall, open_till: OpenTill) -> None:
    take_in()
    clerk = open_till(1024, 720)
    widths = [column.width() for column in clerk.page.board.columns()]
    assert widths[0] >= 190
    assert widths[1:] == [44] * (len(widths) - 1)


def test_in_a_wide_window_the_columns_share_what_would_be_a_gap(
    take_in: TakeInCall, open_till: OpenTill
) -> None:
    take_in()
    clerk = open_till(1920, 1080)
    assert {column.width() for column in clerk.page.board.columns()} == {280}
    clerk.window.resize(2560, 1440)
    clerk.settle()
    board = clerk.page.board
    last = board.columns()[-1]
    assert board.width() - last.mapTo(board, last.rect().topRight()).x() < 100


def test_the_list_sets_the_state_of_several_rows(take_in: TakeInCall, open_till: OpenTill) -> None:
    for _ in range(3):
        take_in()
    clerk = open_till()
    clerk.press("alt+L")
    assert clerk.focus is clerk.page.list.table
    clerk.press("shift+Down", "2")
    states = [clerk.job(f"T{n}").state.code for n in (1, 2, 3)]
    assert sorted(states) == ["diagnosing", "diagnosing", "received"]


def test_ctrl_p_shows_the_label_and_ctrl_t_begins_a_ticket(take_in: TakeInCall, open_till: OpenTill) -> None:
    take_in()
    clerk = open_till()
    clerk.press("ctrl+P")
    preview = clerk.window.page("preview")
    assert isinstance(preview, OtherPage)
    assert "device_label" in str(preview.payload)
    clerk.show("tickets")
    clerk.press("ctrl+T")
    assert clerk.window.current_page is clerk.window.page("intake")


def test_everything_on_the_board_has_a_name(take_in: TakeInCall, open_till: OpenTill) -> None:
    take_in()
    clerk = open_till()
    assert_named(clerk.page)


def test_a_column_is_a_table_of_cells_to_a_listener(take_in: TakeInCall, open_till: OpenTill) -> None:
    take_in(hours=5)
    column = open_till().page.board.views()[0]
    table = QAccessible.queryAccessibleInterface(column)
    assert table.role() == QAccessible.Role.Table
    told = [table.child(place) for place in range(table.childCount())]
    cells = [one for one in told if one.role() == QAccessible.Role.Cell]
    said = [one.text(QAccessible.Text.Name) for one in cells]
    assert said[0].startswith("T1, PL1, Apple iPhone 13, Glass, Anna Byrne")
    assert said[1:6] == ["Anna Byrne", "Apple iPhone 13", "Glass", "Received", "today 16:00"]
    assert not any(one.state().invisible for one in cells)
    heads = [one.text(QAccessible.Text.Name) for one in told if one.role() == QAccessible.Role.ColumnHeader]
    assert heads[:4] == ["Ticket", "Customer", "Device", "Fault"]


def test_a_column_stands_by_promise(take_in: TakeInCall, open_till: OpenTill) -> None:
    for hours in (30, 5, 60, 50):
        take_in(hours=hours)
    assert open_till().column("Received") == ["T2", "T1", "T4", "T3"]


def test_one_key_shows_what_i_have_to_do(take_in: TakeInCall, open_till: OpenTill) -> None:
    take_in()
    take_in()
    clerk = open_till()
    ravi = clerk.shop.businesses.save_resource(
        clerk.actor, SaveResource(kind=ResourceKind.STAFF, name="Ravi")
    )
    clerk.session.catalogue = clerk.shop.businesses.catalogue(clerk.actor)
    clerk.press("M")
    assert clerk.said[-1] == "Nobody is signed in who is a technician of that name."
    edit = EditJob(number="T2", technician_id=ravi.id)
    clerk.shop.tickets.edit_job(clerk.actor, edit)
    clerk.session.actor = replace(clerk.actor, user="ravi")
    clerk.settle()
    clerk.press("M")
    assert clerk.column("Received") == ["T2"]
    assert clerk.page.tools.who.currentText() == "My jobs"
    assert clerk.focused_card() == "T2"
    clerk.press("M")
    assert clerk.column("Received") == ["T1", "T2"]
    clerk.press("alt+M")
    assert clerk.column("Received") == ["T2"]


def test_a_scanned_shelf_moves_the_focused_card_there_and_undo_takes_it_back(
    take_in: TakeInCall, open_till: OpenTill
) -> None:
    take_in()
    take_in()
    clerk = open_till()
    clerk.shop.shelves.add(clerk.actor, ["A4", "B1"])
    clerk.shop.tickets.shelve(clerk.actor, ["B1", "T1"])
    clerk.settle()
    assert clerk.focused_card() == "T1"
    assert not clerk.page.take_scan("C9")
    assert clerk.page.take_scan("a4")
    clerk.settle()
    assert clerk.toasts[-1].endswith("lies on A4")
    assert (clerk.job("T1").shelf, clerk.job("T2").shelf) == ("A4", "")
    assert clerk.column("Received") == ["T1", "T2"]
    clerk.press("ctrl+Z")
    assert clerk.job("T1").shelf == "B1"
    clerk.press("ctrl+Y")
    assert clerk.job("T1").shelf == "A4"
    before = clerk.job("T1").stamps.version
    assert clerk.page.take_scan("A4")
    clerk.settle()
    assert clerk.job("T1").stamps.version == before
    clerk.press("Down")
    assert clerk.page.take_scan("A4")
    clerk.settle()
    clerk.press("ctrl+Z")
    assert clerk.job("T2").shelf == ""


def test_what_another_till_put_elsewhere_since_is_not_taken_back(
    take_in: TakeInCall, open_till: OpenTill
) -> None:
    take_in()
    clerk = open_till()
    clerk.shop.shelves.add(clerk.actor, ["A4"])
    clerk.settle()
    assert clerk.page.take_scan("A4")
    clerk.settle()
    clerk.shop.tickets.shelve(clerk.shop.actor("Till 2"), ["B7", "T1"])
    clerk.settle()
    clerk.press("ctrl+Z")
    assert clerk.job("T1").shelf == "B7"


def test_a_scanned_shelf_shows_what_lies_there_where_no_card_has_the_focus(
    take_in: TakeInCall, open_till: OpenTill
) -> None:
    take_in()
    take_in()
    clerk = open_till()
    clerk.shop.tickets.shelve(clerk.actor, ["A4", "T1"])
    clerk.settle()
    clerk.press("ctrl+F")
    assert not clerk.page.take_scan("C9")
    assert clerk.page.take_scan("a4")
    shown = [card.card.shelf for column in clerk.page._presenter.columns() for card in column.cards]
    assert shown == ["A4"]
    assert clerk.job("T2").shelf == ""


def test_a_scanned_shelf_moves_all_chosen_rows_of_the_list(take_in: TakeInCall, open_till: OpenTill) -> None:
    take_in()
    take_in()
    clerk = open_till()
    clerk.shop.shelves.add(clerk.actor, ["A4"])
    clerk.settle()
    clerk.press("alt+L")
    clerk.page.list.table.setFocus()
    clerk.page.list.table.selectAll()
    assert clerk.page.take_scan("A4")
    clerk.settle()
    assert (clerk.job("T1").shelf, clerk.job("T2").shelf) == ("A4", "A4")


def test_a_board_that_was_never_read_does_not_say_that_the_shop_is_empty(open_till: OpenTill) -> None:
    clerk = open_till()
    page = clerk.page
    assert page._stack.currentWidget() is page._nothing
    page._presenter.board = None  # as while the server does not answer
    page._stack.setCurrentWidget(page.board)
    page.compact_changed(True)
    assert page._stack.currentWidget() is page.board


def test_tab_into_another_column_shows_the_card_that_keys_act_on(
    take_in: TakeInCall, open_till: OpenTill, shop: Shop
) -> None:
    take_in()
    take_in()
    shop.tickets.move(shop.actor("Till 2"), MoveJob(number="T2", to="diagnosing"))
    clerk = open_till()
    assert clerk.focus.accessibleName() == "Received"
    clerk.press("Tab")
    column = clerk.focus
    assert isinstance(column, ColumnView)
    assert column.accessibleName() == "Diagnosing"
    assert column.selectionModel().isSelected(column.currentIndex())
