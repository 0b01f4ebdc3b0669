"""The login: who is at the till, and their PIN. It covers the window while nobody is signed in."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QWidget

from posapp.domain.base.errors import PosappError
from posapp.domain.people.secrets import BADGE
from posapp.domain.people.users import Role, Seat
from posapp.ui.actions import Action, KeyWord, hint
from posapp.ui.layout import STRETCH, at, columns, held, rows, space, wide
from posapp.ui.login.parts import Mark, Password, ShiftLine, Side
from posapp.ui.login.presenter import Board, LoginPresenter
from posapp.ui.login.tiles import COLUMNS, Tiles
from posapp.ui.login.waits import Waits
from posapp.ui.login.words import countdown, last_seen
from posapp.ui.presenter import code_of, sentence_of
from posapp.ui.settings.role_words import role_word
from posapp.ui.theme import set_look, theme
from posapp.ui.widgets.buttons import button
from posapp.ui.widgets.labels import label
from posapp.ui.widgets.pin_pad import PinPad
from posapp.ui.window.key_bar import KeyBar
from posapp.ui.window.notices import Message
from posapp.ui.window.side_sheet import SideSheet

if TYPE_CHECKING:
    from posapp.services.people.sign_in import SignedIn

_RIGHT, _RIGHT_COMPACT, _MARGIN, _MARGIN_COMPACT = 470, 380, 56, 32
_MANAGERS = (Role.ADMIN, Role.MANAGER)
_STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: -COLUMNS,
    Qt.Key.Key_Down: COLUMNS,
}


class Keys(Protocol):
    """Shows the keys of the login over it."""

    def toggle_keys(self, word: str, bar: Sequence[KeyWord]) -> None:
        """Show or hide them."""

    def close_keys(self) -> bool:
        """Hide them; False if they were not shown."""


class LoginPage(QWidget):
    """Emits who has proved who they are. The pad's dots have the focus, or the sheet while it is open."""

    signed_in = Signal(object)  # SignedIn

    def __init__(self, presenter: LoginPresenter, keys: Keys, states: KeyBar) -> None:
        """`keys` shows and hides the list of keys, `states` is told how scanner and printer are."""
        super().__init__()
        self._presenter, self._keys = presenter, keys
        self._board = Board((), None)
        self._filter = ""
        self._begins_anew = False
        """A PIN was refused: the next letters are another name, not more of this one."""
        self._marked: int | None = None
        self._is_checking = False
        self._waits = Waits()
        self.setProperty("ring", False)
        self._build()
        self.bar.share_states(states)
        self._ticks = QTimer(self, interval=1000)
        self._ticks.timeout.connect(self._tick)
        self._show_board(self._board)

    # -- what is where -------------------------------------------------------------------------------
    def _build(self) -> None:
        tr = self.tr
        self.pad = PinPad(6)
        self.pad.dots.installEventFilter(self)
        self.tiles = Tiles(self._second)
        self.bar = KeyBar()
        self.title, self.said = label(tr("Who is at the till?"), "name"), label("", "body", tone="text2")
        self.note = label("", "body", tone="danger", wrap=True)
        self.shift = ShiftLine()
        left = rows(
            self._head(), STRETCH, self.title, self.said, space(4), self.note, wide(self.tiles, 8), STRETCH,
            self.shift, gap=8,
        )  # fmt: skip
        self._left = held(left)
        self._right = Side(self._proof())
        both = held(columns(wide(self._left), self._right, gap=0))
        rows(wide(both), self.bar, gap=0, host=self)
        self.sheet = SideSheet(both)
        self.sheet.closed.connect(self.focus_keys)
        self.pad.typed.connect(self._check)
        self.tiles.chosen.connect(self._choose)
        self.pad.lettered.connect(self._lettered)
        self.pad.entered.connect(self.take_scan)
        self.bar.show_keys(self._bar_keys())

    def _head(self) -> QWidget:
        self.mark = Mark()
        self.shop, self.till = label("", "title"), label("", "small", tone="text2")
        self.time, self.day = label("", "amount"), label("", "body", tone="text2")
        right = Qt.AlignmentFlag.AlignTrailing
        names = rows(STRETCH, self.shop, self.till, STRETCH, gap=2)
        clock = rows(at(right, self.time), at(right, self.day), gap=0)
        return held(columns(self.mark, names, STRETCH, clock, gap=12))

    def _proof(self) -> QWidget:
        middle = Qt.AlignmentFlag.AlignHCenter
        self.name, self.ask = label("", "figure"), label("", "body", tone="text2")
        self.password = Password(self.tr("Password"), self._check)
        self._ways = QStackedWidget()
        for way in (self.pad, self.password, QWidget()):
            self._ways.addWidget(way)
        self._ways.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.forgot = button(self.tr("Forgot PIN? Ask a manager"), kind="quiet", run=self._forgot)
        self.forgot.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return held(
            rows(
                STRETCH,
                at(middle, self.name),
                at(middle, self.ask),
                at(middle, self._ways),
                space(8),
                at(middle, self.forgot),
                STRETCH,
                gap=8,
            )
        )

    def own_actions(self) -> tuple[Action, ...]:
        """The keys that are bound while the login covers the window."""
        return (
            Action("login_keys", self.tr("All keys"), "F1", self._toggle_keys),
            Action("login_clear", self.tr("Clear"), "Esc", self.clear),
        )

    def _toggle_keys(self) -> None:
        self._keys.toggle_keys(self.tr("Login"), self._bar_keys())

    def _bar_keys(self) -> list[KeyWord]:
        tr = self.tr
        hints = (
            hint("0…9", tr("PIN")), hint("A…Z", tr("Find name")), hint("↑↓←→", tr("Choose name")),
            hint("Esc", tr("Clear")), hint("F1", tr("All keys")),
        )  # fmt: skip
        return [KeyWord(one.keys, one.text) for one in hints]

    # -- showing -------------------------------------------------------------------------------------
    def open_for(self, marked: int | None, note: str = "") -> None:
        """Begin anew, with that user marked; `note` says why nobody is signed in, where it must be said."""
        self._marked, self._filter, self._is_checking, self._begins_anew = marked, "", False, False
        self.sheet.close_sheet()
        self.pad.clear()
        self.password.clear()
        self.note.setText(note)
        self.note.setVisible(bool(note))
        self._show_clock()
        self._ticks.start()
        self.refresh()

    def leave(self) -> None:
        """Somebody is signed in: nothing typed stays, and nothing that is typed now counts."""
        self._is_checking = True
        self._ticks.stop()
        self.sheet.close_sheet()
        self.pad.clear()
        self.password.clear()

    def refresh(self) -> None:
        """Read anew who can sign in, and what waits."""
        self._presenter.board(self._show_board, self._failed)

    def _show_board(self, board: Board) -> None:
        self._board = board
        session = self._presenter.session
        self.shop.setText(session.catalogue.business.name)
        self.mark.show_name(session.catalogue.business.name)
        self.till.setText(session.till.name)
        self._waits.read((seat.tile.user_id, seat.tile.wait) for seat in board.seats)
        self.shift.show_shift(board.shift, self._presenter.wording)
        if self._marked is None:
            self._marked = _last_here(board, session.till.name)
        self._show_seats()

    def _show_seats(self) -> None:
        wanted = self._filter.casefold()
        seats = [one for one in self._board.seats if wanted in one.tile.name.casefold()]
        self.tiles.show_seats(seats, self._marked)
        words = self.tr("Choose your name, or scan your badge.")
        if self._filter:
            words = self.tr("Names with “{text}”").format(text=self._filter)
        self.said.setText(words)

    def _second(self, seat: Seat) -> str:
        wait = self._waits.left(seat.tile.user_id)
        if wait:
            seen = self.tr("wait {time}").format(time=countdown(wait))
        else:
            seen = last_seen(seat.tile, self._presenter.session.till.name, self._presenter.wording)
        return f"{role_word(seat.tile.role)} · {seen}"

    def _tick(self) -> None:
        self._show_clock()
        if self._waits.any():
            self.tiles.refresh()
        self.bar.update()
        self._show_ask()

    def _show_clock(self) -> None:
        wording = self._presenter.wording
        now = wording.now()
        self.time.setText(wording.time(now.time()))
        self.day.setText(wording.day(now.date()))

    # -- who -----------------------------------------------------------------------------------------
    def _lettered(self, letters: str) -> None:
        before = "" if self._begins_anew else self._filter
        self._look_for(before + letters)

    def _look_for(self, text: str) -> None:
        if self._is_checking:
            return
        names = [one.tile.name.casefold() for one in self._board.seats]
        if text and not any(text.casefold() in name for name in names):
            return  # a letter that nobody has is passed over
        self._filter, self._begins_anew = text, False
        self._show_seats()

    def focus_keys(self) -> None:
        """Keys go where this person proves who they are."""
        (self.password if self._ways.currentWidget() is self.password else self.pad).setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Backspace where no digit is typed takes back a letter of the name."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        is_back = event.key() == Qt.Key.Key_Backspace and not self.pad.dots.text()
        if is_back:
            self._look_for(self._filter[:-1])
        return is_back

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows choose; nothing else means anything here."""
        step = _STEPS.get(Qt.Key(event.key()), 0)
        if step and not self._is_checking and self.sheet.content is None:
            self.tiles.walk(-step if self.isRightToLeft() and abs(step) == 1 else step)

    def _choose(self, seat: Seat | None) -> None:
        was, self._marked = self._marked, seat.tile.user_id if seat else self._marked
        if seat is None or self._marked != was or seat.length != self.pad.length:
            self.pad.clear()
            self.password.clear()
        if seat is not None:
            self.pad.set_length(seat.length)
        self.name.setText(seat.tile.name if seat else "")
        way = 2 if seat is None else 0 if seat.tile.has_pin else 1
        self._ways.setCurrentIndex(way)
        self.forgot.setVisible(seat is not None)
        if self.sheet.content is None and self.isVisible():
            self.focus_keys()
        self._show_ask()

    def _show_ask(self) -> None:
        seat = self.tiles.seat
        wait = self._waits.left(seat.tile.user_id) if seat else 0
        words = self.tr("Enter your PIN")
        if seat is None:
            words = self.tr("Nobody can sign in here. A manager adds people in Settings.")
        elif wait:
            words = self.tr("Too many wrong tries. Wait {time}.").format(time=countdown(wait))
        elif not seat.tile.has_pin:
            words = self.tr("Enter your password, or scan your badge")
        self.ask.setText(words)
        set_look(self.ask, tone="danger" if wait else "text2")

    # -- proof ---------------------------------------------------------------------------------------
    def _check(self, secret: str) -> None:
        seat = self.tiles.seat
        if seat is None or self._is_checking or not secret:
            return
        if self._waits.left(seat.tile.user_id):
            self._begins_anew = True
            self.pad.clear()
            return
        self._is_checking = True
        self.note.hide()
        self._presenter.sign_in(seat, secret, self._proved, self._refused)

    def take_scan(self, code: str) -> None:
        """A code was scanned: a badge signs in, anything else means nothing here."""
        if self._filter:
            self._look_for("")
        if not code.upper().startswith(BADGE) or self._is_checking:
            return
        self._is_checking = True
        self._presenter.by_badge(code, self._proved, self._failed)

    def _proved(self, found: "SignedIn") -> None:
        self._is_checking = False
        self.signed_in.emit(found)

    def _refused(self, error: Exception) -> None:
        self._is_checking, self._begins_anew = False, True
        sentence = sentence_of(error, self.tr("That did not work. Try again."))
        facts = error.facts if isinstance(error, PosappError) else {}
        if code_of(error) == "locked_out":
            self._waits.begin(self._marked, int(str(facts.get("seconds", 0))))
            self._show_ask()
            self.tiles.refresh()
        if code_of(error) == "user_unknown":
            self.refresh()
        self.password.show_wrong(sentence)
        self.pad.show_wrong("" if code_of(error) == "locked_out" else sentence)

    def _failed(self, error: Exception) -> None:
        self._is_checking = False
        self.note.setText(sentence_of(error, self.tr("That did not work. Try again.")))
        self.note.show()

    def clear(self) -> None:
        """Esc: the list of keys, the sheet, else what is typed."""
        if self._keys.close_keys():
            return
        if self.sheet.content is not None:
            self.sheet.close_sheet()
            return
        if not self._is_checking:
            self.pad.clear()
        self.password.clear()
        self.note.hide()
        self._look_for("")

    # -- a PIN that is forgotten ---------------------------------------------------------------------
    def _forgot(self) -> None:
        from posapp.ui.login.pin_forms import ForgottenPin

        seat = self.tiles.seat
        if seat is None:
            return
        managers = [one for one in self._board.seats if one.tile.role in _MANAGERS and one != seat]
        if not managers:
            self.note.setText(self.tr("Nobody else here can give a new PIN: see “Signing in” in the help."))
            self.note.show()
            return
        form = ForgottenPin(self._presenter, seat, managers)
        form.done.connect(self._has_new_pin)
        self.sheet.open_with(self.tr("A new PIN for {name}").format(name=seat.tile.name), form)

    def _has_new_pin(self) -> None:
        self.sheet.close_sheet()
        self.bar.show_message(Message(self.tr("The new PIN is valid now"), "success"))
        self.refresh()

    # -- size ----------------------------------------------------------------------------------------
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Narrow windows have narrower margins."""
        super().resizeEvent(event)
        px = theme().px
        is_compact = self.width() < px(1280)
        side = px(_MARGIN_COMPACT if is_compact else _MARGIN)
        layout = self._left.layout()
        if layout is not None:
            layout.setContentsMargins(side, px(46), side, px(32))
        self._right.setFixedWidth(px(_RIGHT_COMPACT if is_compact else _RIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ground of the window."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme().tokens.bg)
        painter.end()


def _last_here(board: Board, till: str) -> int | None:
    """Who was at this till last."""
    been = [
        (one.tile.last_in_at, one.tile.user_id)
        for one in board.seats
        if one.tile.last_in_at is not None and one.tile.last_in_till == till
    ]
    return max(been)[1] if been else None
