"""I am here, without signing in: number, name, and what for."""

from posapp.domain.base.errors import DomainError
from posapp.domain.counter.kiosk import NAME_LIMIT, WHAT_LIMIT
from posapp.services.counter.kiosk import Arrive
from posapp.ui.kiosk.frame import KioskPage, heading
from posapp.ui.kiosk.pads import BACK, Line, Pad
from posapp.ui.kiosk.parts import GUTTER, BigButton
from posapp.ui.kiosk.presenter import KioskPresenter
from posapp.ui.kiosk.sign_in import LONGEST_PHONE
from posapp.ui.layout import STRETCH, columns, rows, wide


class ArrivalPage(KioskPage):
    """Whoever is known is told no more than whoever is not."""

    def __init__(self, presenter: KioskPresenter) -> None:
        super().__init__()
        self._presenter = presenter
        touch = self.tr("Touch the keys")
        self.phone = Line(self.tr("Your phone number"), touch, most=LONGEST_PHONE)
        self.name = Line(self.tr("Your name"), touch, most=NAME_LIMIT)
        self.what = Line(self.tr("What is it about?"), self.tr("You may leave this out"), most=WHAT_LIMIT)
        self.digits, self.letters = Pad(), Pad(letters=True)
        for pad in (self.digits, self.letters):
            pad.typed.connect(self.take)
        self.go = BigButton(self.tr("I am here"), self.tr("We call you"), icon="map-pin", run=self.enter)
        self.go.set_filled(True)
        self.back = BigButton(self.tr("Back"), icon="arrow-left", run=self.done.emit)
        self.use_lines(self.phone, self.name, self.what)
        left = columns(wide(self.phone), wide(self.name), wide(self.what), gap=GUTTER)
        body = rows(left, wide(self.digits, 100), wide(self.letters, 100), STRETCH, gap=16)
        self.arrange(heading(self.tr("Tell us that you are here")), wide(body), (self.go, self.back))

    def line_chosen(self, line: Line) -> None:
        """Digits for the number, letters for the rest."""
        self.digits.setVisible(line is self.phone)
        self.letters.setVisible(line is not self.phone)

    def take(self, sign: str) -> None:
        """The pad has capitals only: within a word they become small."""
        line = self._active
        if line is self.phone and sign != BACK and not (sign.isdecimal() or sign in "+ "):
            return
        if line is not None and line is not self.phone and sign.isalpha() and sign.isupper():
            before = line.text[-1:]
            sign = sign if before in ("", " ", "-", "'") else sign.lower()
        super().take(sign)

    def enter(self) -> None:
        """The next line that is needed, or off it goes."""
        if not self.go.isEnabled():
            return
        for line in (self.phone, self.name):
            if not line.text.strip():
                self.activate(line)
                return
        try:
            phone = self._presenter.phone(self.phone.text)
        except DomainError as refused:
            self.activate(self.phone)
            self.failed(refused)
            return
        self.go.setEnabled(False)
        command = Arrive(phone=phone, name=self.name.text, what=self.what.text)
        self._presenter.arrive(command, self._arrived, self._refused)

    def forget(self) -> None:
        """As if nobody had been here."""
        super().forget()
        self.go.setEnabled(True)

    def _arrived(self, _none: None) -> None:
        self.wanted.emit("thanks")

    def _refused(self, error: Exception) -> None:
        self.go.setEnabled(True)
        self.failed(error)
