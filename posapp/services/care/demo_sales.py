"""Draws the sales of a demonstration shop: two a customer, each in the shift of its day, and what follows.

The first settles the repaired device on the day of its hand-back, or sells something where nothing was
repaired; the second sells something later. For some repairs a deposit was left; some goods come back, some
sales are on account and paid weeks later, a few gift cards are sold and used. A sale waits as one whole
number until all are known, so that all of them are put in the order of their time, which is the order of
their numbers.
"""

from array import array
from collections.abc import Iterator
from random import Random

from posapp.domain.base.numbers import Letter, number_text
from posapp.services.care.demo_books import Amounts, Books, Portion
from posapp.services.care.demo_diary import CLOSES, DAY, OPENS, Days

FLOAT = 10_000
_NOTE = 500
_CARD, _TRANSFER = 30, 62  # of 64: below the first cash, from the second transfer
_BEFORE, _AFTER = 10, 30  # minutes for which the drawer is open before and after
_DEPOSIT = 8  # one of so many repairs
_CARDS, _CARD_MINOR = 12, 5000  # so many gift cards in all
_LATELY = 12  # sales at least that are the last ones: more of them are on account, not yet paid
_REASONS = ("Does not fit", "Wrong colour", "Changed her mind", "Faulty")


class Sales:
    """Collects what is sold, then gives it day by day."""

    def __init__(self, days: Days, customers: int, seed: int, till: str) -> None:
        self._days, self._till, self._customers = days, till, customers
        self._bits = Random(f"sales {seed}").getrandbits
        self._open = [*days.past, *(day for day in days.around if day < days.now // DAY)]
        # One number a sale: its minute, then its place in the arrays below.
        self._when = array("Q")
        self._who, self._ticket, self._price = array("L"), array("L"), array("L")
        self._text = array("H")
        self._texts: dict[str, int] = {"": 0, "Deposit": 1}
        self._held: dict[int, int] = {}  # by ticket
        self._back: list[tuple[int, int, int, int, int, str]] = []  # day, customer, sale, line, goods, tender
        self._debts: list[tuple[int, int, int, int]] = []  # day, customer, sale, amount
        self._cards: list[tuple[int, int]] = []  # number and balance
        self._left = 0

    def settle(self, minute: int, customer: int, ticket: int, price: int, text: str, since: int) -> None:
        """A repaired device is paid for when it is handed back; ticket and job have the same key."""
        if ticket % _DEPOSIT == 3:
            self.deposit(since, customer, ticket, price)
        self._wait(minute, customer, ticket, price, self._texts.setdefault(text, len(self._texts)))

    def deposit(self, minute: int, customer: int, ticket: int, price: int) -> None:
        """A third of the price is left when a device is brought; one that came today was not asked for it."""
        if minute // DAY < self._days.now // DAY:
            self._wait(minute, customer, ticket, price // 300 * 100 + 500, 1)

    def sell(self, customer: int, first: int) -> None:
        """Something is sold to a customer, some day after the first visit (a day of the diary)."""
        bits = self._bits(24)
        days = self._open
        begin = min(first, len(days) - 1)
        day = days[begin + ((len(days) - begin) * (bits & 0xFFF) >> 12)]
        minute = day * DAY + OPENS + (bits >> 12) % (CLOSES - OPENS)
        self._wait(minute, customer, 0, 0, 0)

    def _wait(self, minute: int, customer: int, ticket: int, price: int, text: int) -> None:
        self._when.append(minute << 32 | len(self._who))
        self._who.append(customer)
        self._ticket.append(ticket)
        self._price.append(price)
        self._text.append(text)

    @property
    def waiting(self) -> int:
        """How many sales there will be, without what follows from them."""
        return len(self._when)

    def rows(self, books: Books, portion: int = 20_000) -> Iterator[Portion]:
        """All sales in the order of their time, each day whole."""
        days, day, texts = self._days, -1, list(self._texts)
        self._left = len(self._when)
        for packed in sorted(self._when):
            self._left -= 1
            minute, place = packed >> 32, packed & 0xFFFFFFFF
            if minute // DAY != day:
                self._close(books, day)
                if len(books.made.orders) >= portion:
                    yield books.made
                    books.made = Portion()
                day = minute // DAY
                books.open(days.numbers[day], days.instant(day * DAY + OPENS - _BEFORE), FLOAT)
                books.at = days.instant(day * DAY + OPENS)
                self._first_thing(books, day)
            books.at = days.instant(minute)
            if self._text[place] == 1:
                self._leave(books, place)
            else:
                self._add(books, day, place, texts[self._text[place]])
        self._close(books, day)
        yield books.made

    def _close(self, books: Books, day: int) -> None:
        """The drawer is counted; now and then it is a little off."""
        if day < 0:
            return
        bits = self._bits(8)
        off = (0, 0, 0, -10, 20, -50, 5, -100)[bits & 7] if bits > 200 else 0
        books.close(self._days.instant(day * DAY + CLOSES + _AFTER), max(off, -books.cash))

    def _first_thing(self, books: Books, day: int) -> None:
        """As the shop opens, somebody brings something back, or pays what is owed."""
        for found in [one for one in self._back if one[0] <= day]:
            self._back.remove(found)
            _, customer, sale, line, which, tender = found
            back = books.brought_back(which, line)
            note = _REASONS[sale % len(_REASONS)]
            key = books.order(customer, back.gross_minor, back.net_minor, sale, note)
            tender = "card" if books.cash + back.gross_minor < 0 else tender
            books.pay(customer, key, tender, back.gross_minor, of=sale)
        for owed in [one for one in self._debts if one[0] <= day]:
            self._debts.remove(owed)
            _, customer, sale, minor = owed
            books.pay(customer, sale, "transfer", minor)

    def _leave(self, books: Books, place: int) -> None:
        """A deposit is left for a repair."""
        customer, ticket, minor = self._who[place], self._ticket[place], self._price[place]
        left = books.owed("deposit", f"Deposit for {number_text(Letter.TICKET, ticket)}", minor, ticket)
        key = books.order(customer, minor, left.net_minor)
        books.hold(customer, minor, ticket, key)
        books.pay(customer, key, "card" if ticket & 8 else "cash", minor)
        self._held[ticket] = minor

    def _add(self, books: Books, day: int, place: int, text: str) -> None:
        """One sale with all that follows from it."""
        bits, customer, ticket = self._bits(40), self._who[place], self._ticket[place]
        sold: list[Amounts] = []
        if ticket:
            sold.append(books.repaired(text, self._price[place], ticket))
        if not ticket or not bits & 7:
            for which in dict.fromkeys((bits >> 3 & 15, bits >> (3 if bits >> 11 & 3 else 7) & 15)):
                sold.append(books.goods(len(sold) + 1, which))
        line = books.lines
        is_gift = not ticket and self._is_turn(books, 0)
        if is_gift:
            sold.append(books.owed("giftcard", "Gift card", _CARD_MINOR, None, len(sold) + 1))
        total, net = sum(one.gross_minor for one in sold), sum(one.net_minor for one in sold)
        key = books.order(customer, total, net)
        if is_gift:
            self._cards.append((books.card(customer, key, _CARD_MINOR), _CARD_MINOR))
        left = total - self._take_off(books, customer, key, ticket)
        if not is_gift and self._is_owed(bits >> 24):
            until = day + 30 + (bits >> 32 & 31)
            self._debts.append((until, customer, key, left))
            return
        if not ticket and not is_gift and self._is_turn(books, 2):
            left -= self._by_card(books, customer, key, left)
        tender = self._pay(books, customer, key, left, bits >> 13)
        if not ticket and not is_gift and len(sold) == 1 and left == total and not bits >> 30 & 31:
            self._back.append((day + 2 + (bits >> 35 & 7), customer, key, line, bits >> 3 & 15, tender))

    def _is_turn(self, books: Books, shift: int) -> bool:
        """Whether it is the turn of a gift card: some all over the years."""
        step = max(len(self._when) // _CARDS, 5)
        return books.orders % step == step - 1 - shift

    def _is_owed(self, bits: int) -> bool:
        """Whether a sale goes on account."""
        is_lately = self._left < max(_LATELY, len(self._when) // 60)
        return self._left % 4 == 1 if is_lately else not bits & 31

    def _take_off(self, books: Books, customer: int, order: int, ticket: int) -> int:
        held = self._held.pop(ticket, 0)
        if held:
            about = number_text(Letter.TICKET, ticket)
            payment = books.pay(customer, order, "deposit", held, about=about)
            books.hold(customer, -held, ticket, order, payment)
        return held

    def _by_card(self, books: Books, customer: int, order: int, left: int) -> int:
        if not self._cards:
            return 0
        number, balance = self._cards.pop()
        minor = min(balance, left)
        if balance > minor:
            self._cards.append((number, balance - minor))
        about = number_text(Letter.GIFT_CARD, number)
        payment = books.pay(customer, order, "giftcard", minor, about=about)
        books.use(number, order, payment, minor)
        return minor

    def _pay(self, books: Books, customer: int, order: int, left: int, bits: int) -> str:
        die = bits & 63
        tender = "cash" if die < _CARD else "card" if die < _TRANSFER else "transfer"
        if left:
            tendered = -(-left // _NOTE) * _NOTE if tender == "cash" and die & 1 else left
            books.pay(customer, order, tender, left, tendered=tendered)
        return tender
