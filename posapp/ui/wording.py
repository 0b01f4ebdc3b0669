"""How values are written for people: days, times, lengths, phones and amounts of one shop; and `translator`.

The edge of the window: values come in, text goes out, and nothing of that text is ever read back. The
rules are the domain's; what they need (babel, phonenumbers) is loaded when the first value is written,
never at start.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication

from posapp.domain.base.clock import Clock, SystemClock, clock_mark, marked
from posapp.domain.base.journal import EMPTIED

if TYPE_CHECKING:
    from posapp.domain.base.money import Money
    from posapp.domain.base.phone import PhoneNumber
    from posapp.domain.bookings.bookings import Booking
    from posapp.domain.shop.businesses import Business


_CLOCK = SystemClock()


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """The habits of a shop: `locale`, `region` of its phones, `currency`, and the `clock` of its `zone`."""

    locale: str = "en-IE"
    region: str = "IE"
    currency: str = "EUR"
    zone: str = "Europe/Dublin"
    clock: Clock = _CLOCK

    @classmethod
    def of(cls, business: "Business", clock: Clock) -> "Wording":
        """The habits of this shop."""
        return cls(
            locale=business.locale,
            region=business.region,
            currency=business.currency,
            zone=business.time_zone,
            clock=clock,
        )

    def today(self) -> date:
        """The day on the shop's wall."""
        return self.now().date()

    def now(self) -> datetime:
        """The moment, as the shop's clock shows it."""
        return self.here(self.clock.now())

    def here(self, moment: datetime) -> datetime:
        """An aware moment on the shop's clock."""
        return moment.astimezone(ZoneInfo(self.zone))

    def day(self, day: date) -> str:
        """`Thu 12 Mar 2026`."""
        from posapp.domain.base.typed_dates import shown_day

        return shown_day(day, locale=self.locale)

    def day_in_list(self, day: date) -> str:
        """`today`, `tomorrow`, `Fri`, `9 Mar`, `9 Mar 2024`."""
        from posapp.domain.base.typed_dates import shown_day_short

        return shown_day_short(day, self.today(), locale=self.locale)

    def day_of_year(self, day: date) -> str:
        """`today`, `tomorrow`, `9 Mar`: under a heading that names the year."""
        from posapp.domain.base.typed_dates import shown_day_of_year

        return shown_day_of_year(day, self.today(), locale=self.locale)

    def time(self, at: time) -> str:
        """`15:30` or `3:30 pm`."""
        from posapp.domain.base.typed_dates import shown_time

        return shown_time(at, self.locale)

    def time_at(self, moment: datetime, wall: datetime | None = None) -> str:
        """The clock of an aware moment, `15:30`, or that of a booking's own `wall`; where it could be another
        moment, too, with its offset: `01:30 (UTC+01:00)`.
        """
        wall = self.here(moment).replace(tzinfo=None) if wall is None else wall
        return marked(self.time(wall.time()), clock_mark(moment, wall, self.zone))

    def moment(self, moment: datetime, wall: datetime | None = None) -> str:
        """An aware moment in a list, by the shop's clock or a booking's own: `today 15:30`, `9 Mar 10:30`."""
        day = (wall or self.here(moment)).date()
        return f"{self.day_in_list(day)} {self.time_at(moment, wall)}"

    def moment_in_full(self, moment: datetime) -> str:
        """An aware moment: `Thu 12 Mar 2026, 15:30`."""
        return f"{self.day(self.here(moment).date())}, {self.time_at(moment)}"

    def booked(self, booking: "Booking") -> str:
        """When a booking begins, by its own clock: `15:30`."""
        return marked(self.time(booking.wall_start.time()), booking.mark(self.zone))

    def phone(self, number: "PhoneNumber") -> str:
        """National form at home, international form otherwise."""
        return number.shown(self.region)

    def money(self, amount: "Money") -> str:
        """With the currency and its decimals."""
        from posapp.domain.base.money import format_money

        return format_money(amount, self.locale)

    def price(self, minor: int) -> str:
        """Minor units of the shop's currency, with currency and decimals."""
        from posapp.domain.base.money import Money

        return self.money(Money(minor, self.currency))

    def piece(self, minor: int) -> str:
        """What a note or coin is called: `€20`, `€0.50`."""
        from posapp.domain.base.money import Money, format_money

        return format_money(Money(minor, self.currency), self.locale, is_short=True)


def translator(context: str) -> Callable[[str], str]:
    """The words of a module that is no widget (a widget has `self.tr`): `_tr = translator("Intake")`.

    The context is the one that translators see; the words are marked for them by standing in a `_tr(...)`.
    """
    return partial(QCoreApplication.translate, context)


_tr = translator("Wording")


def shown_minutes(minutes: int) -> str:
    """A length: `45 min`, `1 h`, `1 h 30 min`."""
    hours, rest = divmod(minutes, 60)
    words = []
    if hours:
        words.append(_tr("{hours} h").format(hours=hours))
    if rest or not hours:
        words.append(_tr("{minutes} min").format(minutes=rest))
    return " ".join(words)


def shown_told(value: object) -> str:
    """A value of the journal; one whose personal part was emptied says so."""
    text = "" if value is None else str(value)
    return _tr("(removed)") if text.startswith(EMPTIED) else text


def shown_count(count: int, one: str, many: str) -> str:
    """A count and its noun: shown_count(1, "booking", "bookings") is `1 booking`."""
    return f"{count:,} {one if count == 1 else many}"
