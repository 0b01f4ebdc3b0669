"""Half-typed forms of this till, kept in files so that they survive a power cut.

Each draft is one small JSON file, written beside its old version, forced to the disk and then renamed
over it, and the folder is forced to the disk, too: after a crash there is the old draft or the new one,
never half of one.

A draft belongs to one shop. Each has a folder of its own under the till's, and in it each window that is
open at once has a seat of its own; what a window that died left in its seat comes back in the next one.
Inside, a draft says again whose it is. Whatever is not a draft of this shop in this format (a file of
another shop, of another version, damaged, or huge) is never opened, overwritten or deleted: where it is in
the way, it is put aside under another name. Drafts of versions that did not name their shop lie beside
these folders and are left alone.

What a draft refers to, it names by a mark (`mark_of`) and not by a key alone: in a restored backup, or in
a copy of the database that went another way, the same key and number can mean somebody else.
"""

import contextlib
import json
import logging
import os
import re
import threading
from collections.abc import Callable, Mapping, Sequence
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from posapp.domain.base.clock import SystemClock
from posapp.files import make_folder, open_private, settle

if TYPE_CHECKING:
    from posapp.domain.base.actor import Actor
    from posapp.domain.base.stamps import Stamps
    from posapp.domain.shop.businesses import Business

FORMAT = 1
LARGEST = 8 * 1024 * 1024
"""Bytes; a form that a person typed has some thousands."""
_NAME = re.compile(r"[a-z][a-z0-9_-]{0,60}")
_SHOP = re.compile(r"[a-z0-9][a-z0-9-]{0,100}")
_MOST_SEATS = 16
log = logging.getLogger(__name__)
Write = Callable[[], None]


class _Made(Protocol):
    """A record with a number of its own."""

    @property
    def id(self) -> int: ...
    @property
    def stamps(self) -> "Stamps": ...


def shop_mark(identity: str, business: "Business | None") -> str:
    """Names a business of a database, and no other one: key and the moment when it was made.

    `identity` is `Store.identity`; None stands for a database that has no business yet.
    """
    if business is None:
        return f"{identity}-0"
    born = int(business.stamps.created_at.timestamp() * 1_000_000)
    return f"{identity}-{business.id}-{born:x}"


def mark_of(record: _Made, number: object) -> str:
    """Names a record so that no other one can be meant: key, number, and the moment when it was made."""
    return f"{record.id} {number} {record.stamps.created_at.isoformat()}"


def key_of(mark: object) -> int | None:
    """The key in a mark, None if that is no mark."""
    first = mark.split(" ", 1)[0] if isinstance(mark, str) else ""
    return int(first) if first.isascii() and first.isdecimal() and len(first) < 19 else None


def number_of(mark: object) -> str:
    """The number in a mark, such as PL40, as people say it."""
    parts = mark.split(" ") if isinstance(mark, str) else []
    return parts[1] if len(parts) > 1 else ""


class _NotOursError(Exception):
    """A file that lies where a draft goes is none of this shop; its text says why."""


class Drafts:
    """The drafts of one shop at one till, as one window has them.

    `folder` is the till's folder of drafts, `shop` what `shop_mark` says, `actor` who types. A name tells
    which form a draft belongs to. `save`, `load` and `drop` act at once; `keeping` and `dropping` take their
    turn when they are called and act when what they return is called, on whatever thread: a write that was
    overtaken by a newer one of the same form does nothing.
    """

    def __init__(self, folder: Path, shop: str, actor: "Actor | None" = None) -> None:
        self._seat: Path | None = None
        self._lock: int | None = None
        self._seen: set[str] = set()
        if not _SHOP.fullmatch(shop):
            raise ValueError(f"not a shop's mark: {shop}")
        self._till_folder, self._shop, self._actor = folder, shop, actor
        self._guard = threading.RLock()
        self._turns = count(1)
        self._last: dict[str, int] = {}

    # -- the drafts --------------------------------------------------------------------------------
    def save(self, name: str, values: Mapping[str, Any]) -> None:
        """Keep a draft; nothing is said if the disk refuses, because typing must go on, but it is logged."""
        self.keeping(name, values)()

    def drop(self, name: str) -> None:
        """The form was saved or given up: forget its draft."""
        self.dropping(name)()

    def keeping(self, name: str, values: Mapping[str, Any] | Callable[[], Mapping[str, Any]]) -> Write:
        """What writes a draft; `values` may be made only then."""
        return self._in_turn(name, lambda: self._write(name, values() if callable(values) else values))

    def dropping(self, name: str) -> Write:
        """What forgets a draft, unless the form was typed into since."""
        return self._in_turn(name, lambda: self._forget(name))

    def load(self, name: str) -> dict[str, Any] | None:
        """The draft of a form, None if there is none or it cannot be read.

        Where this window has none, one that another window left which is gone by now is taken over.
        """
        _check(name)
        with self._guard:
            self._seen.add(name)
            try:
                found = self._read(self._folder() / f"{name}.json")
                if found is None and self._adopt(name):
                    found = self._read(self._folder() / f"{name}.json")
            except OSError as error:
                log.warning("draft %s not read: %s", name, error)
                return None
            return found

    # -- where they lie ----------------------------------------------------------------------------
    @property
    def folder(self) -> Path:
        """The folder of this window's drafts; it need not be there yet."""
        with self._guard:
            return self._folder()

    @property
    def pictures(self) -> Path:
        """Where pictures of this shop's drafts lie: not in the till's folder, so that it can be renamed."""
        return self._till_folder.parent / "pictures" / self._shop

    def move_to(self, folder: Path, actor: "Actor | None" = None) -> None:
        """The till has another name: its drafts of this shop go with it, those of other shops stay."""
        with self._guard:
            before = self._seat
            self._till_folder, self._actor = folder, actor or self._actor
            self._let_go()
            if before is None or not before.is_dir():
                return
            seat = self._folder()
            for file in before.iterdir():
                target = seat / file.name
                with contextlib.suppress(OSError):
                    if file.suffix == ".json" and target.exists():
                        self._put_aside(target, "of before this till had its name")
                    if not target.exists():
                        file.replace(target)
            with contextlib.suppress(OSError):
                settle(seat)

    def used_by(self, who: "Actor") -> None:
        """Who types from now on; what was typed before stays as it is."""
        with self._guard:
            self._actor = who

    def close(self) -> None:
        """The window is gone: the next one may take over what is left."""
        with self._guard:
            self._let_go()

    def __del__(self) -> None:
        """Nobody can write any more: the seat is free."""
        self._let_go()

    # -- inside ------------------------------------------------------------------------------------
    def _in_turn(self, name: str, act: Write) -> Write:
        _check(name)
        turn = next(self._turns)

        def write() -> None:
            with self._guard:
                if turn < self._last.get(name, 0):
                    return
                self._last[name] = turn
                try:
                    act()
                except OSError as error:
                    log.warning("draft %s not kept: %s", name, error)

        return write

    def _write(self, name: str, values: Mapping[str, Any]) -> None:
        self._clear_the_way(name)
        folder = self._folder()
        make_folder(folder)
        actor = self._actor
        draft = {
            "draft": FORMAT,
            "shop": self._shop,
            "till": actor.till if actor else "",
            "user": actor.user if actor else None,
            "at": SystemClock().now().isoformat(timespec="seconds"),
            "values": values,
        }
        fresh = folder / f"{name}.new"
        with open_private(fresh, "w", encoding="utf-8", errors="surrogatepass") as file:
            json.dump(draft, file, ensure_ascii=False)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(folder / f"{name}.json")
        settle(folder)

    def _forget(self, name: str) -> None:
        self._clear_the_way(name)
        folder = self._folder()
        (folder / f"{name}.json").unlink(missing_ok=True)
        if folder.is_dir():
            settle(folder)

    def _clear_the_way(self, name: str) -> None:
        """What lies where a draft goes was looked at before it is written over."""
        if name not in self._seen:
            self.load(name)

    def _read(self, path: Path) -> dict[str, Any] | None:
        try:
            return self._values(path)
        except FileNotFoundError:
            return None
        except _NotOursError as why:
            self._put_aside(path, str(why))
            return None

    def _values(self, path: Path) -> dict[str, Any]:
        if path.stat().st_size > LARGEST:
            raise _NotOursError("huge")
        try:
            draft = json.loads(path.read_text(encoding="utf-8", errors="surrogatepass"))
        except (ValueError, RecursionError) as error:
            raise _NotOursError("damaged") from error
        if not isinstance(draft, dict) or draft.get("draft") != FORMAT:
            raise _NotOursError("of another version")
        if draft.get("shop") != self._shop:
            raise _NotOursError("of another shop")
        values = draft.get("values")
        if not isinstance(values, dict):
            raise _NotOursError("damaged")
        return values

    def _put_aside(self, path: Path, why: str) -> None:
        for number in count(1):
            aside = path.with_name(f"{path.stem}.aside-{number}")
            if not aside.exists():
                break
        path.replace(aside)
        settle(path.parent)
        log.warning("draft %s is %s: put aside as %s", path.stem, why, aside.name)

    # -- seats -------------------------------------------------------------------------------------
    def _folder(self) -> Path:
        """The seat of this window, the first one that nobody sits on."""
        if self._seat is None:
            for number in range(1, _MOST_SEATS + 1):
                seat = self._till_folder / self._shop / str(number)
                taken, self._lock = _sit(seat)
                if taken:
                    break
            self._seat = seat
        return self._seat

    def _let_go(self) -> None:
        if self._lock is not None:
            os.close(self._lock)
        self._seat = self._lock = None
        self._seen.clear()

    def _adopt(self, name: str) -> bool:
        """Take over the draft that a window left which is gone; False if there is none."""
        mine = self._folder()
        shop = self._till_folder / self._shop
        for seat in sorted(shop.iterdir()) if shop.is_dir() else ():
            file = seat / f"{name}.json"
            if seat == mine or not file.is_file():
                continue
            free, lock = _sit(seat)
            if not free:
                continue
            try:
                make_folder(mine)
                file.replace(mine / file.name)
                settle(mine)
                return True
            finally:
                if lock is not None:
                    os.close(lock)
        return False


def forget_in(folder: Path, shop: str, words: Sequence[str], numbers: Sequence[str]) -> int:
    """Delete the drafts of a shop at one till that say one of these words or phone numbers; how many.

    `folder` and `shop` as for `Drafts`. A number is found by its final digits, however it was typed.
    """
    said = [word.casefold() for word in words if word]
    ends = [number[-_FINAL:] for number in numbers]
    gone = 0
    for file in sorted((folder / shop).rglob("*")):
        if not file.is_file() or file.name == "lock":
            continue
        with contextlib.suppress(OSError):
            text = file.read_text(encoding="utf-8", errors="replace").casefold()
            digits = _SEPARATORS.sub("", text)
            if any(word in text for word in said) or any(end in digits for end in ends):
                file.unlink()
                gone += 1
    return gone


_FINAL = 7
_SEPARATORS = re.compile(r"[\s()./-]")


def _check(name: str) -> None:
    if not _NAME.fullmatch(name):
        raise ValueError(f"not a draft's name: {name}")


def _sit(seat: Path) -> tuple[bool, int | None]:
    """Take a seat for as long as the file that is returned is open; False: somebody sits there.

    Where files cannot be locked (or nothing can be written), a seat is taken without.
    """
    try:
        make_folder(seat)
        file = os.open(seat / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    except OSError:
        return True, None
    try:
        _lock(file)
    except BlockingIOError:
        os.close(file)
        return False, None
    except OSError:
        pass
    return True, file


def _lock(file: int) -> None:
    """Lock a file until it is closed or the process ends; `BlockingIOError` if another one holds it."""
    if os.name == "nt":
        import msvcrt

        try:
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
        except OSError as error:
            raise BlockingIOError(str(error)) from error
    else:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
