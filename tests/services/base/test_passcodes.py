"""Passcodes: shown on demand and journalled, wiped in time, and in clear text nowhere at all."""

import logging
import os
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from pypdf import PdfReader

from posapp import paths
from posapp.domain.base.actor import Actor, Permission
from posapp.domain.base.errors import DomainError, EnvironmentFault, PosappError
from posapp.domain.papers.documents import PaperKind
from posapp.services.base.passcodes import Passcodes
from posapp.services.desks import Shop
from posapp.services.repairs.ticket_states import RepairSettings
from posapp.services.repairs.tickets import EditJob, TakeIn
from tests.factories import a_customer, the_clock
from tests.repairs import a_device, a_ticket, approved, asked, handed_back, moved

SECRET = "Zx9#geheim"


@pytest.fixture
def key() -> Path:
    return paths.data_dir() / "passcode.key"


def code_of(call: Callable[[], object]) -> str:
    with pytest.raises(PosappError) as refused:
        call()
    assert SECRET not in str(refused.value)
    return refused.value.code


def everything(shop: Shop, actor: Actor) -> Iterator[bytes]:
    """Whatever the database holds: its files as they lie on the disk, or a dump of the server's tables."""
    file = shop.store.database.file
    if file is not None:
        for one in sorted(file.parent.glob(file.name + "*")):
            yield one.read_bytes()
        return
    from posapp.storage.base.tables import metadata

    with shop.store.look(actor) as uow:
        for table in metadata.sorted_tables:
            for row in uow.connection.execute(table.select()):
                yield b"".join(
                    bytes(value) if isinstance(value, bytes | memoryview) else repr(value).encode()
                    for value in row
                )


def test_the_passcode_is_found_nowhere_in_clear_text(
    shop: Shop, actor: Actor, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    device = a_device(passcode=SECRET)
    command = TakeIn(customer_id=a_customer(shop, actor).id, devices=(device,))
    shop.tickets.take_in(actor, command)
    assert shop.tickets.show_passcode(actor, "T1") == SECRET
    shop.tickets.edit_job(actor, EditJob(number="T1", passcode=SECRET + "2", found="x"))
    assert shop.tickets.show_passcode(actor, "T1") == SECRET + "2"
    moved(shop, actor, "T1", "ready")
    handed_back(shop, actor, "T1")
    raw = list(everything(shop, actor))
    assert raw and not any(SECRET.encode() in part or SECRET.encode("utf-16-le") in part for part in raw)
    assert SECRET not in caplog.text
    assert SECRET not in repr(command) + repr(EditJob(number="T1", passcode=SECRET))
    assert SECRET not in repr(shop.tickets.get(actor, "T1")) + repr(shop.tickets.history(actor, "T1"))


def test_no_paper_shows_the_passcode_or_the_internal_note(shop: Shop, actor: Actor, tmp_path: Path) -> None:
    a_ticket(shop, actor, a_device(passcode=SECRET), note="NEVERPRINT me")
    asked(shop, actor, "T1", 100)
    approved(shop, actor, "T1")
    moved(shop, actor, "T1", "ready")
    handed_back(shop, actor, "T1")
    of_tickets = (PaperKind.CLAIM_TICKET, PaperKind.DEVICE_LABEL, PaperKind.ESTIMATE, PaperKind.HAND_BACK)
    for kind in of_tickets:
        for size in kind.sizes:
            file = tmp_path / f"{kind}-{size}.pdf"
            shop.papers.save_pdf(actor, "T1", size, file, kind=kind)
            words = "".join(page.extract_text() for page in PdfReader(file).pages)
            assert "T1" in words
            assert SECRET not in words and "geheim" not in words and "NEVERPRINT" not in words
    assert not any(SECRET.encode() in part for part in everything(shop, actor))


def test_that_it_was_shown_stands_in_the_history(shop: Shop, actor: Actor) -> None:
    a_ticket(shop, actor, a_device(passcode=SECRET))
    ann = Actor(actor.business, "Till 1", "Ann")
    shop.tickets.show_passcode(ann, "T1")
    line = shop.tickets.history(actor, "T1")[-1]
    assert (line.action, line.who) == ("passcode.shown", "Ann")
    clerk = Actor(actor.business, "Till 1", "Bob", frozenset(Permission) - {Permission.PASSCODE_SHOW})
    assert code_of(lambda: shop.tickets.show_passcode(clerk, "T1")) == "not_allowed"
    assert len(shop.tickets.history(actor, "T1")) == 2


def test_a_passcode_is_changed_and_taken_away(shop: Shop, actor: Actor) -> None:
    a_ticket(shop, actor)
    assert code_of(lambda: shop.tickets.show_passcode(actor, "T1")) == "passcode_none"
    assert shop.tickets.edit_job(actor, EditJob(number="T1", passcode="1-2-3")).jobs[0].has_passcode
    line = shop.tickets.history(actor, "T1")[-1]
    assert (line.before["passcode"], line.after["passcode"]) == ("none", "kept")
    assert not shop.tickets.edit_job(actor, EditJob(number="T1", passcode="")).jobs[0].has_passcode


def test_it_is_wiped_the_set_days_after_the_hand_back(shop: Shop, actor: Actor) -> None:
    shop.ticket_states.set_settings(actor, RepairSettings(passcode_days=3))
    a_ticket(shop, actor, a_device(passcode=SECRET))
    a_ticket(shop, actor, a_device(passcode=SECRET))
    moved(shop, actor, "T1", "ready")
    handed_back(shop, actor, "T1")
    the_clock(shop).advance(timedelta(days=3, seconds=-1))
    assert shop.tickets.wipe_passcodes(actor) == 0
    the_clock(shop).advance(timedelta(seconds=1))
    assert shop.tickets.wipe_passcodes(actor) == 1
    assert [shop.tickets.get(actor, one).jobs[0].has_passcode for one in ("T1", "T2")] == [False, True]
    assert code_of(lambda: shop.tickets.show_passcode(actor, "T1")) == "passcode_none"


def test_days_of_zero_mean_at_once(shop: Shop, actor: Actor) -> None:
    shop.ticket_states.set_settings(actor, RepairSettings(passcode_days=0))
    a_ticket(shop, actor, a_device(passcode=SECRET))
    moved(shop, actor, "T1", "ready")
    handed_back(shop, actor, "T1")
    assert shop.tickets.wipe_passcodes(actor) == 1


def test_a_device_that_comes_back_keeps_its_passcode(shop: Shop, actor: Actor) -> None:
    a_ticket(shop, actor, a_device(passcode=SECRET))
    moved(shop, actor, "T1", "ready")
    handed_back(shop, actor, "T1")
    moved(shop, actor, "T1", "in_repair")
    the_clock(shop).advance(timedelta(days=30))
    assert shop.tickets.wipe_passcodes(actor) == 0
    assert shop.tickets.show_passcode(actor, "T1") == SECRET


def test_without_its_key_the_ticket_opens_and_the_passcode_says_why_not(
    shop: Shop, actor: Actor, key: Path
) -> None:
    a_ticket(shop, actor, a_device(passcode=SECRET))
    kept = key.read_bytes()
    if os.name == "posix":
        assert key.stat().st_mode & 0o777 == 0o600
    key.unlink()
    assert shop.tickets.get(actor, "T1").jobs[0].has_passcode
    assert code_of(lambda: shop.tickets.show_passcode(actor, "T1")) == "passcode_key_missing"
    assert not key.exists()  # looking makes no new key
    key.write_bytes(bytes(32))
    assert code_of(lambda: shop.tickets.show_passcode(actor, "T1")) == "passcode_other_key"
    key.write_bytes(kept[:10])
    assert code_of(lambda: shop.tickets.show_passcode(actor, "T1")) == "passcode_key_damaged"
    assert code_of(lambda: a_ticket(shop, actor, a_device(passcode="1"))) == "passcode_key_damaged"
    assert len(shop.tickets.history(actor, "T1")) == 1  # what was not shown is not noted
    key.write_bytes(kept)
    assert shop.tickets.show_passcode(actor, "T1") == SECRET


def test_the_key_of_one_till_opens_at_another(tmp_path: Path) -> None:
    first, second = Passcodes(tmp_path / "one"), Passcodes(tmp_path / "two")
    sealed = first.seal(SECRET, "job:1")
    line = first.export()
    second.bring(f"  {line}\n")
    assert second.open(sealed, "job:1") == SECRET
    with pytest.raises(EnvironmentFault):
        second.open(sealed, "job:2")  # a cipher text moved to another job does not open
    with pytest.raises(EnvironmentFault):
        second.open(sealed[:-1] + bytes([sealed[-1] ^ 1]), "job:1")
    with pytest.raises(EnvironmentFault):
        second.open(b"", "job:1")
    assert first.seal(SECRET, "job:1") != sealed


@pytest.mark.parametrize("line", ["", "x", "posapp-passcode-key:", "posapp-passcode-key:AAAA", "ключ"])
def test_what_is_no_key_is_refused(tmp_path: Path, line: str) -> None:
    with pytest.raises(DomainError) as refused:
        Passcodes(tmp_path).bring(line)
    assert refused.value.code == "passcode_key_invalid"
    assert not (tmp_path / "passcode.key").exists()


def test_a_till_that_has_a_key_keeps_it(tmp_path: Path) -> None:
    first, second = Passcodes(tmp_path / "one"), Passcodes(tmp_path / "two")
    line = first.export()
    first.bring(line)  # its own is no other one
    second.export()
    with pytest.raises(DomainError) as refused:
        second.bring(line)
    assert refused.value.code == "passcode_key_exists"


def test_a_damaged_key_can_be_mended_by_bringing_it_again(tmp_path: Path) -> None:
    first, second = Passcodes(tmp_path / "one"), Passcodes(tmp_path / "two")
    line = first.export()
    second.bring(line)
    second.file.write_bytes(b"short")
    second.bring(line)
    assert second.export() == line
