"""Draws the repairs of a demonstration shop: one ticket a customer in ten years, and what lies here now.

A ticket is opened at the customer's first visit, so that ticket numbers rise with time as PL IDs do; the
tickets of today's board are put among them where their time has come. Serials and IMEIs are unique by
construction: they count in steps that share no factor with their range.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import NamedTuple

from posapp.services.care.demo_diary import CLOSES, DAY, MINUTE, OPENS, Days
from posapp.services.care.demo_names import FEATURED
from posapp.services.care.demo_sales import Sales

TICKET = (
    "id", "number", "customer_id", "due_at", "is_rush", "business_day", "created_at", "updated_at",
)  # fmt: skip
DEVICE = (
    "id", "kind", "make", "model", "colour", "serial", "serial_key", "imei", "created_at", "updated_at",
)  # fmt: skip
JOB = (
    "id", "ticket_id", "position", "device_id", "state_id", "state_since", "is_here", "fault", "found",
    "accessories", "technician_id", "shelf_id", "price_minor", "outcome", "handed_to", "handed_at",
    "touched_at", "created_at", "updated_at",
)  # fmt: skip
TIME = ("job_id", "number", "state_id", "since", "since_day", "until", "until_day")

# Kind, make, model, then what can be wrong with it: fault, what was found, price in cents.
_Fault = tuple[str, str, int]
_PHONE: tuple[_Fault, ...] = (
    ("Cracked screen", "Display replaced.", 8900),
    ("Battery empty by noon", "Battery replaced.", 4900),
    ("Does not charge", "Charging port cleaned and replaced.", 5900),
    ("Camera glass broken", "Camera glass replaced.", 7900),
)
_COMPUTER: tuple[_Fault, ...] = (
    ("No power", "Power circuit repaired.", 14500),
    ("Liquid spilled over it", "Cleaned, keyboard replaced.", 21000),
    ("Loud fan", "Fan replaced.", 6500),
    ("Battery swelling", "Battery replaced.", 11800),
)
_CONSOLE: tuple[_Fault, ...] = (
    ("Stick drift", "Stick replaced.", 4000),
    ("Loud fan, turns off", "Cleaned, new thermal paste.", 7200),
    ("No picture", "Video port replaced.", 9500),
    ("Disc is not read", "Drive replaced.", 8400),
)
MODELS: tuple[tuple[str, str, str, tuple[_Fault, ...]], ...] = (
    ("phone", "Apple", "iPhone 13", _PHONE),
    ("phone", "Samsung", "Galaxy S22", _PHONE),
    ("phone", "Google", "Pixel 7a", _PHONE),
    ("laptop", "Apple", "MacBook Air M2", _COMPUTER),
    ("phone", "Apple", "iPhone 12 mini", _PHONE),
    ("console", "Nintendo", "Switch OLED", _CONSOLE),
    ("phone", "Fairphone", "5", _PHONE),
    ("laptop", "Dell", "XPS 13", _COMPUTER),
    ("phone", "Samsung", "Galaxy A54", _PHONE),
    ("tablet", "Apple", "iPad (10th gen)", _PHONE),
    ("laptop", "Lenovo", "ThinkPad X1", _COMPUTER),
    ("phone", "Apple", "iPhone 14", _PHONE),
    ("console", "Sony", "PlayStation 5", _CONSOLE),
    ("phone", "Google", "Pixel 8", _PHONE),
    ("laptop", "HP", "Envy 13", _COMPUTER),
    ("console", "Valve", "Steam Deck", _CONSOLE),
)
_COLOURS = ("black", "silver", "blue", "white", "graphite", "green", "", "")
_LEFT = ("", "", "", "Charger", "Case", "SIM card", "Charger and bag", "")
SHELVES = ("A1", "A2", "A3", "A4", "B1", "B2", "B3", "C1")
_STRIDE = 7_368_787  # ends in 7, so it shares no factor with a power of ten
_SERIALS, _IMEIS = 10**9, 10**12

# State, how many open days ago it came, how many since its state began, open days until it is due.
_Plan = tuple[str, int, int, int]
BOARD: tuple[_Plan, ...] = (
    ("received", 0, 0, 2),
    ("in_repair", 3, 1, 3),
    ("ready", 4, 0, 4),
    ("diagnosing", 1, 0, 1),
    ("needs_approval", 4, 1, 6),
    ("waiting_parts", 6, 4, 10),
    ("ready", 16, 13, 3),
    ("received", 0, 0, 4),
    ("in_repair", 2, 0, 2),
    ("ready", 5, 1, 4),
    ("received", 1, 1, 1),
    ("diagnosing", 2, 1, 1),
    ("waiting_parts", 5, 2, 9),
    ("ready", 3, 0, 3),
    ("received", 0, 0, 3),
    ("needs_approval", 6, 3, 4),
    ("in_repair", 2, 0, 3),
    ("ready", 11, 8, 3),
    ("received", 0, 0, 5),
    ("diagnosing", 2, 0, 5),
    ("waiting_parts", 8, 5, 12),
    ("in_repair", 5, 1, 6),
    ("ready", 6, 2, 5),
    ("received", 0, 0, 4),
    ("diagnosing", 1, 0, 3),
    ("needs_approval", 2, 0, 5),
    ("waiting_parts", 4, 1, 11),
    ("ready", 7, 0, 7),
)
_PRICED = frozenset({"needs_approval", "waiting_parts", "in_repair", "ready"})


def _luhn_of(group: int) -> int:
    """What four digits add to the check sum, the last of them being doubled."""
    total = 0
    for place in range(4):
        digit = group // 10**place % 10
        total += digit if place % 2 else digit * 2 - 9 * (digit > 4)
    return total


_LUHN = [_luhn_of(group) for group in range(10_000)]


def imei_of(number: int) -> str:
    """A valid IMEI for each number below a million million, and another one for each."""
    body = 35 * _IMEIS + number * _STRIDE % _IMEIS
    total = _LUHN[body % 10_000] + _LUHN[body // 10_000 % 10_000] + _LUHN[body // 10**8 % 10_000]
    return f"{body}{-(total + _LUHN[body // _IMEIS]) % 10}"


@dataclass(frozen=True, slots=True)
class Keys:
    """What jobs point to: states by code, the people who repair, the shelves."""

    states: dict[str, int]
    people: Sequence[int]
    shelves: Sequence[int]


class Open(NamedTuple):
    """A device of the board; times in minutes of the shop's wall clock."""

    created: int
    customer: int
    state: str
    since: int
    due: int


@dataclass(slots=True)
class Portion:
    """Rows of some tickets."""

    tickets: list[tuple[object, ...]]
    devices: list[tuple[object, ...]]
    jobs: list[tuple[object, ...]]
    times: list[tuple[object, ...]]
    said: list[str]


class Asked(NamedTuple):
    """A ticket that waits for the answer to an estimate: ticket and job by their keys, and since when."""

    ticket_id: int
    job_id: int
    text: str
    price_minor: int
    at: int


class Repairs:
    """Draws a ticket for each customer, in the order of the customers."""

    def __init__(self, days: Days, customers: int, seed: int, keys: Keys, sales: Sales) -> None:
        self._days = days
        self._sales = sales
        self._customers = customers
        self._keys = keys
        self._bits = Random(f"repairs {seed}").getrandbits
        self._open = _board(days, customers, seed)
        self._waiting = {plan.customer for plan in self._open}
        self._open.reverse()  # the earliest is taken from the end
        self.tickets = 0
        self.asked: list[Asked] = []

    def draw(self, first: int, names: Sequence[object]) -> Portion:
        """The tickets that were opened while these customers came for the first time."""
        portion = Portion([], [], [], [], [])
        past = self._days.past
        for index, name in enumerate(names, first):
            place = index * (len(past) - 1) / self._customers
            day = int(place)
            start = past[day] * DAY + OPENS + int((place - day) * 34) * 15
            while self._open and self._open[-1].created <= start:
                self._add_open(portion, self._open.pop())
            if index in self._waiting or not self._add_closed(portion, index, day, start, name):
                self._sales.sell(index + 1, day)
            self._sales.sell(index + 1, day)
        if first + len(names) == self._customers:
            while self._open:
                self._add_open(portion, self._open.pop())
        return portion

    def _add_closed(self, portion: Portion, index: int, place: int, start: int, name: object) -> bool:
        """A device that was brought and taken back; whether its repair was paid for."""
        days, past, keys = self._days, self._days.past, self._keys
        bits = self._bits(40)
        at = days.midnights[start // DAY] + start % DAY * MINUTE
        back = past[min(place + 1 + (bits & 7), len(past) - 1)] * DAY + OPENS + (bits >> 3 & 31) * 15
        taken = max(back, start + 60)
        handed = days.instant(taken)
        fault, found, price = self._device(portion, at, bits >> 8)
        fate = bits >> 32 & 63
        is_repaired = fate > 4
        due = days.instant(past[min(place + 3, len(past) - 1)] * DAY + CLOSES - 60)
        number = self._ticket(portion, index, start, due, is_rush=fate == 63, updated=handed)
        portion.jobs.append(
            (
                number,
                number,
                1,
                number,
                keys.states["collected"],
                handed,
                False,
                fault,
                found if is_repaired else "",
                _LEFT[bits >> 29 & 7],
                keys.people[bits % len(keys.people)],
                None,
                price if is_repaired else 0,
                "repaired" if is_repaired else "not_repaired" if fate else "refused",
                name,
                handed,
                handed,
                at,
                handed,
            )
        )
        ready = _working(start + (taken - start) * (40 + (bits >> 13) % 50) // 100)
        steps = {"received": start, "in_repair": _working((start + ready) // 2), "ready": ready}
        self._pass_through(portion, {**steps, "collected": taken} if is_repaired else {"collected": taken})
        if is_repaired:
            self._sales.settle(taken, index + 1, number, price, f"{portion.devices[-1][3]}: {fault}", start)
        return is_repaired

    def _add_open(self, portion: Portion, plan: Open) -> None:
        days, keys = self._days, self._keys
        bits = self._bits(40)
        at, since = days.instant(plan.created), days.instant(plan.since)
        fault, found, price = self._device(portion, at, bits >> 8)
        due = days.instant(plan.due)
        number = self._ticket(portion, plan.customer, plan.created, due, is_rush=not bits & 15, updated=since)
        is_new = plan.state == "received"
        portion.jobs.append(
            (
                number,
                number,
                1,
                number,
                keys.states[plan.state],
                since,
                True,
                fault,
                found if plan.state == "ready" else "",
                _LEFT[bits >> 29 & 7],
                None if is_new and bits & 3 else keys.people[bits % len(keys.people)],
                keys.shelves[number % len(keys.shelves)],
                price if plan.state in _PRICED else None,
                None,
                "",
                None,
                since,
                at,
                since,
            )
        )
        steps = {} if is_new else {"received": plan.created}
        self._pass_through(portion, {**steps, plan.state: plan.since})
        if plan.state in _PRICED and number & 1:
            self._sales.deposit(plan.created, plan.customer + 1, number, price)
        if plan.state == "needs_approval":
            self.asked.append(Asked(number, number, fault, price, since))

    def _pass_through(self, portion: Portion, steps: dict[str, int]) -> None:
        """When the device that was added last came into each state, in minutes of the shop's wall clock."""
        days = self._days
        marks: list[tuple[int, int]] = []
        for state, minute in steps.items():
            at = max(minute, marks[-1][1] if marks else 0)
            marks.append((self._keys.states[state], at))
        for number, (state_id, minute) in enumerate(marks, 1):
            end = marks[number][1] if number < len(marks) else None
            ends = (None, None) if end is None else (days.instant(end), days.numbers[end // DAY])
            since = days.instant(minute), days.numbers[minute // DAY]
            portion.times.append((self.tickets, number, state_id, *since, *ends))

    def _ticket(
        self, portion: Portion, index: int, start: int, due: int, *, is_rush: bool, updated: int
    ) -> int:
        """The ticket of the device that was added last; both and its job have the same key."""
        days, number = self._days, self.tickets
        at = days.midnights[start // DAY] + start % DAY * MINUTE
        day = days.numbers[start // DAY]
        portion.tickets.append((number, number, index + 1, due, is_rush, day, at, updated))
        return number

    def _device(self, portion: Portion, at: int, bits: int) -> _Fault:
        self.tickets = number = self.tickets + 1
        kind, make, model, faults = MODELS[bits & 15]
        if kind == "phone":
            serial, imei = "", imei_of(number)
        else:
            serial, imei = f"{make[:2].upper()}{number * _STRIDE % _SERIALS:09d}", ""
        colour = _COLOURS[bits >> 4 & 7]
        portion.devices.append((number, kind, make, model, colour, serial, serial, imei, at, at))
        portion.said.append(imei or serial)
        return faults[bits >> 7 & 3]


def _board(days: Days, customers: int, seed: int) -> list[Open]:
    """What is in the shop now, the earliest first."""
    dice = Random(f"board {seed}")
    today = days.now // DAY
    here = sorted({*days.past, *(day for day in days.around if day <= today)})
    if days.now <= today * DAY + OPENS + 60:
        here = [day for day in here if day < today]  # nothing has come in yet
    ahead = [day for day in days.around if day >= today]
    plans = BOARD[: max(1, customers // 2)]
    found = []
    for index, plan in zip(_chosen(customers, len(plans)), plans, strict=True):
        state, ago, since_ago, due_after = plan
        created = _moment(here, ago, days.now, dice)
        since = created if state == "received" else max(created, _moment(here, since_ago, days.now, dice))
        later = due_after - ago
        due = (ahead[min(later, len(ahead) - 1)] if later >= 0 else here[later - 1]) * DAY
        found.append(Open(created, index, state, since, due + dice.choice((16, 17, 17, 18)) * 60))
    return sorted(found)


def _working(minute: int) -> int:
    """The same moment, or the nearest one of that day at which the shop is open."""
    return minute // DAY * DAY + min(max(minute % DAY, OPENS), CLOSES)


def _moment(here: list[int], ago: int, now: int, dice: Random) -> int:
    """A moment within the opening hours of a day so many open days ago, and before now."""
    day = here[max(0, len(here) - 1 - ago)] * DAY
    closes = min(day + CLOSES, now - 15)
    return day + OPENS + dice.randrange(0, max(15, closes - day - OPENS), 5)


def _chosen(customers: int, wanted: int) -> list[int]:
    """Whose devices are here: of the people of the first screens, then of others who came long ago."""
    oldest = max(1, customers * 9 // 10)
    featured = [number - 1 for number, *_ in FEATURED if number <= oldest]
    step = max(1, oldest // (2 * wanted))
    others = [*range(step // 2, oldest, step), *range(oldest)]
    return list(dict.fromkeys((*featured, *others)))[:wanted]
