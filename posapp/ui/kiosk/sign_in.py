"""The first page: sign in by number and code, or say "I am here" without."""

from posapp.domain.base.errors import DomainError
from posapp.domain.counter.kiosk import CODE_DIGITS
from posapp.domain.people.secrets import PIN_LENGTHS
from posapp.ui.kiosk.frame import KioskPage, heading
from posapp.ui.kiosk.pads import BACK, Line, Pad
from posapp.ui.kiosk.parts import GUTTER, BigButton
from posapp.ui.kiosk.presenter import KioskPresenter
from posapp.ui.layout import STRETCH, columns, rows, space, wide
from posapp.ui.widgets.labels import label

LONGEST_PHONE = 20


class SignInPage(KioskPage):
    """Nothing here tells whether a number is known."""

    def __init__(self, presenter: KioskPresenter) -> None:
        super().__init__()
        self._presenter = presenter
        self.phone = Line(self.tr("Your phone number"), self.tr("Touch the digits"), most=LONGEST_PHONE)
        self.code = Line(
            self.tr("Code from the counter, or your PIN"),
            self.tr("Eight digits, or your PIN"),
            most=CODE_DIGITS,
            is_secret=True,
        )
        self.pad = Pad()
        self.pad.typed.connect(self.take)
        self.go = BigButton(
            self.tr("Show my page"), self.tr("With number and code"), icon="user-check", run=self.enter
        )
        self.go.set_filled(True)
        self.here = BigButton(
            self.tr("I am here"),
            self.tr("Without a code, we call you"),
            icon="map-pin",
            run=lambda: self.wanted.emit("arrive"),
        )
        self.use_lines(self.phone, self.code)
        words = self.tr("Ask at the counter for a code. It lets you see your repairs, book and order.")
        left = rows(
            self.phone,
            self.code,
            label(words, "title", tone="text2", weight=400, wrap=True),
            STRETCH,
            gap=20,
        )
        body = columns(wide(left, 3), space(24), wide(rows(self.pad, STRETCH), 2), gap=GUTTER)
        self.arrange(heading(self.tr("Welcome")), wide(body), (self.go, self.here))

    def take(self, sign: str) -> None:
        """Digits, a plus before a number, nothing else; a whole code goes off by itself."""
        if sign != BACK and not (sign.isdecimal() or (sign == "+" and self._active is self.phone)):
            return
        super().take(sign)
        if self._active is self.code and len(self.code.text) == CODE_DIGITS:
            self.enter()

    def enter(self) -> None:
        """Go on to the code, or sign in."""
        if not self.go.isEnabled():
            return
        if not self.phone.text:
            self.activate(self.phone)
            return
        if not self.code.text:
            self.activate(self.code)
            return
        try:
            phone = self._presenter.phone(self.phone.text)
        except DomainError as refused:
            self.activate(self.phone)
            self.failed(refused)
            return
        self.go.setEnabled(False)
        desk = self._presenter
        ask = desk.sign_in_by_pin if len(self.code.text) in PIN_LENGTHS else desk.sign_in
        ask(phone, self.code.text, self._in, self._refused)

    def forget(self) -> None:
        """As if nobody had been here."""
        super().forget()
        self.go.setEnabled(True)

    def _in(self, _none: None) -> None:
        self.wanted.emit("me")

    def _refused(self, error: Exception) -> None:
        self.go.setEnabled(True)
        self.code.set_text("")
        self.activate(self.code)
        self.failed(error)
