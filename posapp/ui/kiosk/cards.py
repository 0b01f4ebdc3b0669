"""The cards of the own page: a device with its four steps, what is to pay, the next booking."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from posapp.domain.base.clock import marked
from posapp.domain.repairs.devices import DeviceKind
from posapp.domain.repairs.steps import STEP_WORDS, Step
from posapp.services.counter.own_views import Me, OwnBooking, OwnDevice
from posapp.ui.icons import paint_icon
from posapp.ui.layout import STRETCH, rows
from posapp.ui.theme import theme
from posapp.ui.tickets.intake.choices import ICONS
from posapp.ui.widgets.cards import Card
from posapp.ui.widgets.labels import Elided, label
from posapp.ui.widgets.paint import box, cut, draw_text
from posapp.ui.wording import Wording, shown_minutes

HIGH, LOW = 204, 158
"""A card as pictured, and where the window is low."""
_NOW = {Step.RECEIVED: "check", Step.LOOKED_AT: "search", Step.IN_REPAIR: "wrench", Step.READY: "check"}
_RINGS = {
    Step.RECEIVED: "ring-quarter",
    Step.LOOKED_AT: "ring-half",
    Step.IN_REPAIR: "ring-three-quarters",
    Step.READY: "circle-check",
}


def shown_name(device: OwnDevice) -> str:
    """How a device is called."""
    return device.device or device.number


class DeviceCard(QWidget):
    """A device of theirs, how far it is, and what it costs."""

    def __init__(self, device: OwnDevice, wording: Wording) -> None:
        super().__init__()
        self.device, self._wording = device, wording
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(theme().px(LOW))
        self.setMaximumHeight(theme().px(HIGH))
        self.status = self._status()
        self.setAccessibleName(f"{shown_name(device)}, {device.number}, {device.fault}: {self.status}")

    def sizeHint(self) -> QSize:
        """808 by 204."""
        return QSize(theme().px(808), theme().px(HIGH))

    @property
    def words(self) -> list[str]:
        """What stands below the four steps; one that waits says for what."""
        progress = self.device.progress
        shown = {step: self.tr(words) for step, words in STEP_WORDS.items()}
        if progress.word:
            shown[progress.step] = self.tr(progress.word)
        return list(shown.values())

    def _status(self) -> str:
        progress, due = self.device.progress, self.device.due
        if progress.word:
            return self.tr(progress.word)
        if progress.is_ready:
            return self.tr("Ready to collect")
        now = self._wording.now().replace(tzinfo=None)
        if due is None or due < now:
            return self.tr(STEP_WORDS[progress.step])
        days = (due.date() - now.date()).days
        if days == 0:
            return self.tr("Ready today, {time}").format(time=self._wording.time(due.time()))
        day = self._wording.day(due.date()).rpartition(" ")[0]
        words = self.tr("Ready tomorrow, {day}") if days == 1 else self.tr("Ready by {day}")
        return words.format(day=day)

    def price(self) -> str:
        """What it costs, or about that."""
        minor = self.device.price_minor
        if minor is None:
            return ""
        shown = self._wording.price(minor)
        return shown if self.device.is_agreed else self.tr("about {price}").format(price=shown)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The head with words at both ends, below it the steps."""
        look, tokens, px = theme(), theme().tokens, theme().px
        painter = QPainter(self)
        if self.isRightToLeft():  # all of it is mirrored but the letters, which are drawn where they belong
            painter.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        box(painter, QRectF(self.rect()), px(10), tokens.surface, tokens.border)
        squeeze = self.height() / px(HIGH)
        side = px(48)
        icon = ICONS.get(DeviceKind(self.device.kind), "ellipsis")
        tile = self._x(px(25), side)
        box(painter, QRectF(tile, px(23) * squeeze, side, side), px(6), tokens.neutral_soft)
        inner = px(24)
        at = tile + (side - inner) / 2
        paint_icon(painter, icon, at, px(23) * squeeze + (side - inner) / 2, inner, tokens.neutral)
        ended = self._end(painter, px(36) * squeeze, self.status, "figure", 600, self._ink(), px(26))
        ring = "ring-pause" if self.device.progress.word else _RINGS[self.device.progress.step]
        x = self._x(self.width() - px(25) - ended - px(29), px(20))
        paint_icon(painter, ring, x, px(36) * squeeze - px(10), px(20), self._ink())
        second = self._end(painter, px(62) * squeeze, self.price(), "strong", 400, tokens.text2, px(25))
        room = self.width() - px(89) - px(45)
        name, fault = shown_name(self.device), f"{self.device.fault} · {self.device.number}"
        self._start(painter, px(36) * squeeze, name, "name", 600, tokens.text, room - ended - px(29))
        self._start(painter, px(62) * squeeze, fault, "strong", 400, tokens.text2, room - second)
        self._steps(painter, px(125) * squeeze, px(165) * squeeze)
        painter.end()
        del look

    def _ink(self) -> QColor:
        tokens, progress = theme().tokens, self.device.progress
        if progress.word:
            return tokens.warning
        return tokens.success if progress.is_ready else tokens.primary

    def _x(self, at: float, width: float) -> float:
        return self.width() - at - width if self.isRightToLeft() else at

    def _start(
        self, painter: QPainter, middle: float, text: str, step: str, weight: int, ink: QColor, room: float
    ) -> None:
        shown = cut(text, theme().font(step, weight), room)
        width = theme().metrics(step, weight).horizontalAdvance(shown)
        draw_text(painter, self._x(theme().px(89), width), middle, shown, theme().font(step, weight), ink)

    def _end(
        self, painter: QPainter, middle: float, text: str, step: str, weight: int, ink: QColor, pad: int
    ) -> float:
        shown = cut(text, theme().font(step, weight), self.width() * 0.55)
        width = theme().metrics(step, weight).horizontalAdvance(shown)
        x = self._x(self.width() - pad - width, width)
        draw_text(painter, x, middle, shown, theme().font(step, weight), ink)
        return width

    def _steps(self, painter: QPainter, middle: float, below: float) -> None:
        tokens, px = theme().tokens, theme().px
        side, now = px(40), int(self.device.progress.step)
        first, last = px(45), self.width() - px(45)
        centres = [first + (last - first) * place / 3 for place in range(4)]
        for place in range(3):
            colour = tokens.primary if place < now else tokens.border
            width = centres[place + 1] - centres[place] - side
            x = self._x(centres[place] + side / 2, width)
            painter.fillRect(QRectF(x, middle - px(2), width, px(4)), colour)
        for place, words in enumerate(self.words):
            self._circle(painter, self._x(centres[place] - side / 2, side), middle - side / 2, side, place)
            self._word(painter, centres[place], below, words, place)

    def _circle(self, painter: QPainter, x: float, y: float, side: int, place: int) -> None:
        tokens, px = theme().tokens, theme().px
        now, is_ready = int(self.device.progress.step), self.device.progress.is_ready
        rect, icon, ink = QRectF(x, y, side, side), "check", tokens.primary
        if place < now:
            box(painter, rect, side / 2, tokens.primary_soft, tokens.primary, 2)
        elif place == now:
            fill = tokens.success_fill if is_ready and not self.device.progress.word else tokens.fill
            box(painter, rect, side / 2, fill)
            icon = "clock" if self.device.progress.word else _NOW[self.device.progress.step]
            ink = tokens.on_fill
        else:
            box(painter, rect, side / 2, tokens.surface, tokens.control, 2)
            return
        inner = px(20)
        paint_icon(painter, icon, x + (side - inner) / 2, y + (side - inner) / 2, inner, ink)

    def _word(self, painter: QPainter, centre: float, middle: float, text: str, place: int) -> None:
        tokens, px = theme().tokens, theme().px
        progress = self.device.progress
        is_now = place == int(progress.step)
        weight = 600 if is_now else 400
        ink = tokens.text2 if place < int(progress.step) else tokens.text3
        if is_now:
            ink = self._ink() if progress.word or progress.is_ready else tokens.text
        shown = cut(text, theme().font("title", weight), self.width() / 3.2)
        width = theme().metrics("title", weight).horizontalAdvance(shown)
        at = {0: px(25), 3: self.width() - px(25) - width}.get(place, centre - width / 2)
        draw_text(painter, self._x(at, width), middle, shown, theme().font("title", weight), ink)


class PayCard(Card):
    """What is to pay now, in the largest figures of the page."""

    def __init__(self) -> None:
        super().__init__()
        self.amount = label("", "change")
        self.amount.setMinimumWidth(theme().px(100))
        self.foot = label("", "strong", tone="text2", weight=400, wrap=True)
        _fill(self, label(self.tr("To pay now"), "strong", tone="text2", weight=400), self.amount, self.foot)

    def show_me(self, me: Me, wording: Wording) -> None:
        """What this customer brings, and when."""
        self.amount.setText(wording.price(me.to_pay_minor))
        self.foot.setText(self._words(me, wording))
        self.setAccessibleName(f"{self.tr('To pay now')}: {self.amount.text()}")

    def _words(self, me: Me, wording: Wording) -> str:
        if me.to_pay_minor and len(me.ready) == 1:
            words = self.tr("Pay at the counter when you collect the {device}.")
            return words.format(device=shown_name(me.ready[0]))
        if me.to_pay_minor:
            return self.tr("Pay at the counter.")
        if me.credit_minor:
            return self.tr("You have {amount} with us.").format(amount=wording.price(me.credit_minor))
        return self.tr("Nothing is to pay now.")


class BookingCard(Card):
    """When the next booking is, what for and with whom."""

    def __init__(self) -> None:
        super().__init__()
        self.when = label("", "amount")
        self.what, self.who = label("", "title", weight=600), Elided("", "strong", tone="text2", weight=400)
        caption = label(self.tr("Next booking"), "strong", tone="text2", weight=400)
        _fill(self, caption, self.when, rows(self.what, self.who, gap=4))

    def show_booking(self, booking: OwnBooking | None, wording: Wording) -> None:
        """This one, or that there is none."""
        if booking is None:
            self.when.setText(self.tr("None"))
            self.what.setText("")
            self.who.setText(self.tr("Ask for one below."))
            return
        day = wording.day_in_list(booking.starts.date())
        self.when.setText(
            f"{day[:1].upper()}{day[1:]} {marked(wording.time(booking.starts.time()), booking.mark)}"
        )
        self.what.setText(booking.service)
        words = self.tr("with {who}, {length}")
        self.who.setText(words.format(who=booking.with_whom, length=shown_minutes(booking.minutes)))
        self.setAccessibleName(f"{self.tr('Next booking')}: {self.when.text()}, {booking.service}")


def _fill(card: Card, *parts: object) -> None:
    head, figure, foot = parts
    card.body.setContentsMargins(0, 0, 0, 0)
    inner = rows(head, figure, STRETCH, foot, gap=6, pad=(24, 20))  # type: ignore[arg-type]
    card.body.addLayout(inner)
    card.setMinimumHeight(theme().px(LOW))
    card.setMaximumHeight(theme().px(HIGH))
    card.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
