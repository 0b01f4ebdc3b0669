"""Drafts: what was half typed is there again, whatever happened, and only in the shop it was typed in."""

import json
import os
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from posapp.domain.base.actor import Actor
from posapp.services.base import drafts as module
from posapp.services.base.drafts import Drafts, key_of, mark_of, number_of, shop_mark
from posapp.services.desks import Shop
from tests.factories import TILL, a_customer

TYPED = {"name": "Łukasz \ud800 नेहा", "note": "a\nb", "at": 12, "open": True, "none": None}
Open = Callable[..., Drafts]


@pytest.fixture
def open_drafts(tmp_path: Path) -> Iterator[Open]:
    """A window's drafts; called again, it is another window that is open at the same time."""
    opened: list[Drafts] = []

    def begin(shop: str = "shop-1", till: str = "till-1") -> Drafts:
        opened.append(Drafts(tmp_path / "drafts" / till, shop, Actor(1, till)))
        return opened[-1]

    yield begin
    for one in opened:
        one.close()


@pytest.fixture
def drafts(open_drafts: Open) -> Drafts:
    return open_drafts()


def test_a_draft_is_there_again_until_it_is_dropped(drafts: Drafts) -> None:
    assert drafts.load("booking") is None
    drafts.save("booking", TYPED)
    assert drafts.load("booking") == TYPED
    assert drafts.load("customer") is None
    drafts.drop("booking")
    drafts.drop("booking")
    assert drafts.load("booking") is None


def test_a_draft_survives_a_kill(tmp_path: Path) -> None:
    code = (
        "import os, signal, sys\nfrom pathlib import Path\nfrom posapp.services.base.drafts import Drafts\n"
        "drafts = Drafts(Path(sys.argv[1]), 'shop-1')\ndrafts.save('booking', {'name': 'half ty'})\n"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    ended = subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=False)
    assert ended.returncode == -9
    assert Drafts(tmp_path, "shop-1").load("booking") == {"name": "half ty"}


def test_what_is_written_is_on_the_disk_before_and_after_it_has_its_name(
    drafts: Drafts, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    forced, replaced = os.fsync, Path.replace

    def fsync(handle: int) -> None:
        done.append("folder" if stat.S_ISDIR(os.fstat(handle).st_mode) else "file")
        forced(handle)

    def replace(path: Path, target: Path) -> Path:
        done.append("renamed")
        return replaced(path, target)

    drafts.load("booking")
    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(Path, "replace", replace)
    drafts.save("booking", TYPED)
    assert done == ["file", "renamed", "folder"]
    drafts.drop("booking")
    assert done[3:] == ["folder"]


def test_a_draft_says_whose_it_is_and_is_for_its_owner_only(drafts: Drafts) -> None:
    drafts.save("booking", {"name": "x"})
    drafts.save("booking", {"name": "y"})
    file = drafts.folder / "booking.json"
    assert sorted(one.name for one in drafts.folder.iterdir()) == ["booking.json", "lock"]
    assert (file.stat().st_mode & 0o777, drafts.folder.stat().st_mode & 0o777) == (0o600, 0o700)
    kept = json.loads(file.read_text())
    assert (kept["shop"], kept["till"], kept["values"]) == ("shop-1", "till-1", {"name": "y"})
    assert datetime.fromisoformat(kept["at"]) <= datetime.now(UTC)


def test_shops_on_one_till_never_see_each_others_drafts(open_drafts: Open) -> None:
    ours, theirs = open_drafts("shop-1"), open_drafts("shop-2")
    ours.save("booking", {"name": "ours"})
    assert theirs.load("booking") is None
    theirs.save("booking", {"name": "theirs"})
    theirs.drop("booking")
    assert ours.load("booking") == {"name": "ours"}


def test_a_file_that_another_shop_left_in_the_way_is_kept_and_not_opened(open_drafts: Open) -> None:
    ours, theirs = open_drafts("shop-1"), open_drafts("shop-2")
    theirs.save("booking", {"name": "theirs"})
    foreign = (theirs.folder / "booking.json").read_bytes()
    ours.folder.mkdir(parents=True, exist_ok=True)
    (ours.folder / "booking.json").write_bytes(foreign)
    ours.save("booking", {"name": "ours"})  # without a look before
    assert ours.load("booking") == {"name": "ours"}
    assert (ours.folder / "booking.aside-1").read_bytes() == foreign


def test_drafts_of_versions_that_named_no_shop_are_left_alone(drafts: Drafts, tmp_path: Path) -> None:
    old = tmp_path / "drafts" / "till-1" / "booking.json"
    old.parent.mkdir(parents=True)
    old.write_text('{"customer": 2, "fields": {"note": "Drops to 0"}}')
    assert drafts.load("booking") is None
    drafts.save("booking", {"name": "ours"})
    drafts.drop("booking")
    assert json.loads(old.read_text())["customer"] == 2


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[1]", b"\xff\xfe", b'{"draft": 2, "shop": "shop-1", "values": {}}', b"[" * 100_000],
)
def test_what_is_no_draft_of_this_version_is_put_aside_with_its_text(
    drafts: Drafts, content: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    for number in (1, 2):
        drafts.save("booking", {})
        (drafts.folder / "booking.json").write_bytes(content)
        assert drafts.load("booking") is None
        assert (drafts.folder / f"booking.aside-{number}").read_bytes() == content
    assert "put aside" in caplog.text


def test_a_huge_file_is_not_read(
    drafts: Drafts, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    drafts.save("booking", {"name": "x" * 100})
    monkeypatch.setattr(module, "LARGEST", 100)
    assert drafts.load("booking") is None
    assert "huge" in caplog.text


def test_windows_that_are_open_at_once_do_not_disturb_each_other(open_drafts: Open) -> None:
    first, second = open_drafts(), open_drafts()
    first.save("booking", {"name": "first"})
    assert second.load("booking") is None
    second.save("booking", {"name": "second"})
    second.drop("booking")
    assert first.load("booking") == {"name": "first"}


def test_what_a_window_left_that_is_gone_comes_back_in_the_next_one(open_drafts: Open) -> None:
    first, second = open_drafts(), open_drafts()
    first.save("booking", {"name": "first"})
    second.save("booking", {"name": "second"})
    second.save("intake", {"model": "Radio"})
    first.close()
    second.close()
    third = open_drafts()
    assert third.load("booking") == {"name": "first"}
    assert third.load("intake") == {"model": "Radio"}
    third.drop("booking")
    assert third.load("booking") == {"name": "second"}


def test_a_write_that_was_overtaken_does_nothing(drafts: Drafts) -> None:
    older, forget = drafts.keeping("booking", {"name": "ha"}), drafts.dropping("booking")
    forget()
    older()  # its lane was slower
    assert drafts.load("booking") is None
    forget = drafts.dropping("booking")
    drafts.save("booking", {"name": "half"})  # typed while the record was being saved
    forget()
    assert drafts.load("booking") == {"name": "half"}


def test_the_drafts_of_this_shop_go_with_the_tills_new_name(open_drafts: Open, tmp_path: Path) -> None:
    ours, theirs = open_drafts("shop-1"), open_drafts("shop-2")
    ours.save("booking", {"name": "ours"})
    theirs.save("booking", {"name": "theirs"})
    waiting = ours.keeping("intake", {"model": "Radio"})
    ours.move_to(tmp_path / "drafts" / "front", Actor(1, "Front"))
    waiting()
    assert (ours.load("booking"), theirs.load("booking")) == ({"name": "ours"}, {"name": "theirs"})
    assert ours.folder.is_relative_to(tmp_path / "drafts" / "front")
    ours.close()
    again = open_drafts("shop-1", "front")
    assert (again.load("booking"), again.load("intake")) == ({"name": "ours"}, {"model": "Radio"})


def test_typing_goes_on_where_the_disk_refuses(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "file").touch()
    drafts = Drafts(tmp_path / "file", "shop-1")
    drafts.save("booking", TYPED)
    assert drafts.load("booking") is None
    drafts.drop("booking")
    assert "not kept" in caplog.text


@pytest.mark.parametrize("name", ["", "../x", "a/b", "A", "x" * 99])
def test_a_name_is_no_path(drafts: Drafts, name: str) -> None:
    with pytest.raises(ValueError, match="not a draft"):
        drafts.save(name, {})


def test_a_shop_is_no_path() -> None:
    with pytest.raises(ValueError, match="not a shop"):
        Drafts(Path(), "../x")


def test_a_shop_is_told_from_every_other_one(sqlite_shop: Shop) -> None:
    business = sqlite_shop.businesses.get(sqlite_shop.actor(TILL))
    mark = shop_mark(sqlite_shop.store.identity, business)
    assert mark.startswith(sqlite_shop.store.identity)
    assert mark != shop_mark(sqlite_shop.store.identity, None)
    assert mark != shop_mark("0" * 32, business)
    Drafts(Path(), mark)  # it names a folder


def test_a_mark_names_a_record_by_more_than_its_key(sqlite_shop: Shop) -> None:
    actor = sqlite_shop.actor(TILL)
    customer = a_customer(sqlite_shop, actor, "Marta Kowalczyk")
    mark = mark_of(customer, customer.pl_id)
    assert (key_of(mark), number_of(mark)) == (customer.id, "PL1")
    assert customer.stamps.created_at.isoformat() in mark
    assert [key_of(one) for one in ("", "PL1", 7, None, "²", "9" * 30)] == [None] * 6
