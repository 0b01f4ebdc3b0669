"""What the kiosk keeps: codes, tries that went wrong, and who waits for the clerk's nod."""

from datetime import datetime, timedelta
from secrets import token_hex
from typing import Any

from sqlalchemy import Row, and_, func, insert, select, text

from posapp.domain.base.clock import from_us, to_us
from posapp.domain.base.phone import PhoneMark, PhoneNumber
from posapp.domain.counter.kiosk import (
    FORGOTTEN_AFTER,
    AccessCode,
    Arrival,
    ArrivalState,
    CodeState,
    Door,
    Tried,
    code_hash,
    door_key,
)
from posapp.storage.base.repository import Repository
from posapp.storage.base.rows import changed_now, made_now
from posapp.storage.counter.tables import access_code, kiosk_arrival, kiosk_try
from posapp.storage.shop.tables import business, setting

_IS_OPEN, _WAITS = text("access_code.state = 'open'"), text("kiosk_arrival.state = 'waiting'")
"""As written in the partial indexes: SQLite does not see that a value means the same."""
KEY = "kiosk_key"
"""The setting that keys what is kept of codes and numbers; drawn at first use, it never changes."""


class Kiosk(Repository):
    """What the kiosks of one business keep."""

    def hold_door(self) -> None:
        """Let kiosks of a business act one after the other until this transaction ends."""
        self._connection.execute(
            select(business.c.id).where(business.c.id == self._business).with_for_update(key_share=True)
        )

    def key(self) -> str:
        """What keys the hashes; whoever asks holds the door, since the first one draws it."""
        found = self._known_key()
        if not found:
            found = token_hex(16)
            made = {"business_id": self._business, "name": KEY, "value": found}
            self._connection.execute(insert(setting), made)
        return found

    def _known_key(self) -> str:
        """The key, "" before it is drawn."""
        here = and_(setting.c.business_id == self._business, setting.c.name == KEY)
        return str(self._connection.execute(select(setting.c.value).where(here)).scalar() or "")

    # -- codes ---------------------------------------------------------------------------------------
    def open_code(self, customer_id: int) -> AccessCode | None:
        """The one code of a customer that may still let them in, in time or not."""
        here = and_(
            access_code.c.business_id == self._business,
            access_code.c.customer_id == customer_id,
            _IS_OPEN,
        )
        row = self._connection.execute(select(access_code).where(here)).first()
        return _code(row) if row else None

    def add_code(self, customer_id: int, code: str, good_for: timedelta) -> int:
        """Keep a code, but not its digits."""
        return self._add(
            access_code,
            {
                "customer_id": customer_id,
                "code_hash": code_hash(code, self.key(), customer_id),
                "expires_at": self._at + good_for // timedelta(microseconds=1),
                "tries": 0,
                "state": CodeState.OPEN.value,
                **made_now(self._at, self._by),
            },
        )

    def set_code(self, key: int, state: CodeState, tries: int) -> None:
        """A code is used, replaced, or was tried in vain."""
        values = {"state": state.value, "tries": tries}
        self._change(access_code, key, {**values, **changed_now(access_code, self._at, self._by)})

    # -- tries ---------------------------------------------------------------------------------------
    def tried(self, door: Door, who: str) -> Tried | None:
        """How often somebody went wrong at a door; only looks, whoever asks need hold nothing."""
        key = self._known_key()
        if not key:
            return None
        row = self._connection.execute(select(kiosk_try).where(self._door(door, who, key))).first()
        return Tried(row.tries, from_us(row.last_at)) if row else None

    def note_try(self, door: Door, who: str, now: datetime) -> None:
        """Count one more; what is old enough to be forgotten goes."""
        old = to_us(now - FORGOTTEN_AFTER)
        past = and_(kiosk_try.c.business_id == self._business, kiosk_try.c.last_at < old)
        self._connection.execute(kiosk_try.delete().where(past))
        key = self.key()
        row = self._connection.execute(select(kiosk_try).where(self._door(door, who, key))).first()
        if row is not None:
            self._change(kiosk_try, row.id, {"tries": row.tries + 1, "last_at": self._at})
            return
        hashed = door_key(who, key)
        self._add(kiosk_try, {"door": door.value, "key_hash": hashed, "tries": 1, "last_at": self._at})

    def forget_tries(self, door: Door, who: str) -> None:
        """Somebody got it right, or was helped."""
        self._connection.execute(kiosk_try.delete().where(self._door(door, who, self.key())))

    def _door(self, door: Door, who: str, key: str) -> Any:
        return and_(
            kiosk_try.c.business_id == self._business,
            kiosk_try.c.door == door.value,
            kiosk_try.c.key_hash == door_key(who, key),
        )

    # -- arrivals ------------------------------------------------------------------------------------
    def arrivals(self, business_day: int) -> list[Arrival]:
        """Who waits for a nod today, in order of coming."""
        here = and_(self._waits(), kiosk_arrival.c.business_day == business_day)
        rows = self._connection.execute(select(kiosk_arrival).where(here).order_by(kiosk_arrival.c.id))
        return [_arrival(row) for row in rows]

    def arrival(self, key: int) -> Arrival | None:
        """One who still waits, kept from other tills until this transaction ends."""
        here = and_(self._waits(), kiosk_arrival.c.id == key)
        row = self._connection.execute(select(kiosk_arrival).where(here).with_for_update()).first()
        return _arrival(row) if row else None

    def arrival_of(self, phone: PhoneNumber) -> Arrival | None:
        """Who waits with a number."""
        here = and_(self._waits(), kiosk_arrival.c.phone_key == phone.key)
        row = self._connection.execute(select(kiosk_arrival).where(here)).first()
        return _arrival(row) if row else None

    def past_arrivals(self, business_day: int) -> list[int]:
        """The keys of those who still wait since an earlier day."""
        here = and_(self._waits(), kiosk_arrival.c.business_day < business_day)
        return list(self._connection.execute(select(kiosk_arrival.c.id).where(here)).scalars())

    def count_arrivals(self) -> int:
        """How many wait."""
        return int(self._connection.execute(select(func.count()).where(self._waits())).scalar_one())

    def _waits(self) -> Any:
        return and_(
            kiosk_arrival.c.business_id == self._business,
            _WAITS,
        )

    def add_arrival(self, phone: PhoneNumber, name: str, what: str, business_day: int) -> int:
        """Let somebody wait for the nod."""
        return self._add(
            kiosk_arrival,
            {
                "phone_key": phone.key,
                "extension": phone.extension,
                "mark": phone.mark.value if phone.mark else None,
                "name": name,
                "what": what,
                "state": ArrivalState.WAITING.value,
                "business_day": business_day,
                **made_now(self._at, self._by),
            },
        )

    def end_arrival(self, key: int, state: ArrivalState, customer_id: int | None = None) -> None:
        """Somebody was let in as a customer, or turned away; what was typed goes."""
        emptied = {"phone_key": "", "extension": "", "mark": None, "name": "", "what": ""}
        values = {"state": state.value, "customer_id": customer_id, **emptied}
        self._change(kiosk_arrival, key, {**values, **changed_now(kiosk_arrival, self._at, self._by)})


def _code(row: Row[Any]) -> AccessCode:
    return AccessCode(
        row.id, row.customer_id, row.code_hash, from_us(row.expires_at), row.tries, CodeState(row.state)
    )


def _arrival(row: Row[Any]) -> Arrival:
    phone = PhoneNumber(row.phone_key, row.extension, PhoneMark(row.mark) if row.mark else None)
    return Arrival(row.id, phone, row.name, row.what, from_us(row.created_at))
