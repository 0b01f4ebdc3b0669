"""What is half typed at the intake is there again, and no passcode lies about in clear text."""

import base64
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from tests.factories import a_customer, a_phone
from tests.ui.tickets.intake.conftest import ALT, CTRL, Counter

Key = Qt.Key
SECRET = "7531-9864"


def half_typed(counter: Counter) -> None:
    """A customer, a device with a passcode, a second device."""
    a_customer(counter.shop, counter.actor, "Chidi Okafor", phone=a_phone(1))
    counter.type("0851000001")
    counter.until(lambda: counter.page.form.who.card is not None)
    counter.press(Key.Key_Return)
    counter.fill(Brand="Apple", Model="iPhone 13", Passcode=SECRET, What_is_wrong="Glass")
    counter.press(Key.Key_D, CTRL)
    counter.fill(Model="Radio", Note_for_the_bench="Careful")
    counter.page.form.keeper.keep()  # what the clock does every 2 seconds
    counter.quiet()


def test_a_half_typed_intake_is_there_again_after_the_program_died(
    open_intake: Callable[..., Counter], counter: Counter
) -> None:
    half_typed(counter)
    again = open_intake().page.form
    assert again.who.card is not None
    assert again.who.card.customer.name == "Chidi Okafor"
    assert [one.name for one in again.devices()] == ["Apple iPhone 13", "Radio"]
    assert again.devices()[0].passcode == SECRET
    assert (again.at, again.device.model.text()) == (1, "Radio")
    assert again.promise.note.text() == "Careful"


def test_the_draft_holds_no_clear_passcode(counter: Counter, tmp_path: Path) -> None:
    half_typed(counter)
    bare = SECRET.encode()
    files = [one for one in tmp_path.rglob("*") if one.is_file()]
    assert counter.draft_file() in files
    for file in files:
        data = file.read_bytes()
        assert bare not in data, file
        assert base64.b64encode(bare) not in data, file
    assert counter.draft_file().stat().st_mode & 0o077 == 0


def test_a_passcode_whose_key_is_gone_is_asked_for_again(
    open_intake: Callable[..., Counter], counter: Counter, tmp_path: Path
) -> None:
    half_typed(counter)
    (tmp_path / "data" / "passcode.key").unlink()
    again = open_intake().page.form
    assert [one.passcode for one in again.devices()] == ["", ""]
    assert again.devices()[0].model == "iPhone 13"


def test_esc_keeps_what_is_typed(counter: Counter) -> None:
    counter.fill(Model="Radio")
    counter.press(Key.Key_Escape)
    counter.quiet()
    assert counter.window.current_page_id == "desk"
    assert counter.said() == "Draft kept"
    counter.window.show_page("intake")
    assert counter.page.form.device.model.text() == "Radio"


def test_checking_in_drops_the_draft_and_its_photos(counter: Counter, tmp_path: Path) -> None:
    customer = a_customer(counter.shop, counter.actor)
    counter.page.drafts.bring(customer.id)
    counter.quiet()
    counter.fill(Model="Radio", IMEI_or_serial="R1", What_is_wrong="Hums")
    picture = a_picture(tmp_path / "front.png")
    counter.page.form.device.photos.choose_files = lambda: [str(picture)]
    counter.press(Key.Key_O, CTRL)
    counter.quiet()
    assert len(counter.page.form.device.photos.files()) == 1
    counter.page.form.keeper.keep()
    counter.quiet()
    counter.check_in()
    assert len(counter.shop.tickets.whole(counter.actor, "T1").photos) == 1
    assert not counter.draft_file().exists()
    assert not list(counter.page.session.drafts.pictures.iterdir())


def test_photos_of_a_draft_are_there_again_although_the_card_is_gone(
    open_intake: Callable[..., Counter], counter: Counter, tmp_path: Path
) -> None:
    picture = a_picture(tmp_path / "front.png")
    counter.page.devices.keep_photo(picture)
    counter.quiet()
    counter.page.form.keeper.keep()
    counter.quiet()
    picture.unlink()
    again = open_intake()
    assert len(again.page.form.device.photos.files()) == 1


def test_what_is_no_picture_or_too_large_is_refused(counter: Counter, tmp_path: Path) -> None:
    words = tmp_path / "words.jpg"
    words.write_text("no picture")
    counter.page.devices.keep_photo(words)
    counter.quiet()
    assert counter.said().startswith("This file is no picture")
    huge = tmp_path / "huge.jpg"
    with huge.open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    counter.page.devices.keep_photo(huge)
    counter.quiet()
    assert counter.said() == "This file has more than 50 MB. Choose a smaller photo."
    assert counter.page.form.device.photos.files() == []


def test_a_removed_photo_comes_back_with_undo(counter: Counter, tmp_path: Path) -> None:
    counter.page.devices.keep_photo(a_picture(tmp_path / "front.png"))
    counter.quiet()
    counter.tab_to("Photo 1, remove")
    counter.press(Key.Key_Delete)
    assert counter.page.form.device.photos.files() == []
    counter.press(Key.Key_Z, CTRL)
    assert len(counter.page.form.device.photos.files()) == 1


def test_another_customer_puts_the_half_typed_one_aside(counter: Counter) -> None:
    half_typed(counter)
    other = a_customer(counter.shop, counter.actor, "Ana Ruiz")
    counter.window.show_page("intake", other.id)
    counter.quiet()
    form = counter.page.form
    assert form.who.card is not None
    assert form.who.card.customer.id == other.id
    assert form.device.name() == ""
    counter.press(Key.Key_Z, CTRL)
    counter.quiet()
    assert form.who.card.customer.name == "Chidi Okafor"
    assert form.device.name() == "Radio"


def a_picture(file: Path) -> Path:
    """A small picture in a file."""
    image = QImage(64, 48, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkGreen)
    assert image.save(str(file))
    return file


def test_an_intake_in_which_nothing_was_typed_is_no_draft(counter: Counter) -> None:
    marta = a_customer(counter.shop, counter.actor, "Marta")
    counter.window.show_page("intake", marta.id)
    counter.quiet()
    assert counter.page.form.who.card is not None
    counter.press(Key.Key_Escape)
    counter.quiet()
    assert not counter.draft_file().exists()
    assert "Draft kept" not in [one.text for one in counter.window.notices.messages()]
    counter.window.set_counter(None)
    counter.window.show_page("intake")
    counter.quiet()
    assert counter.page.form.is_for_nobody()


def test_each_customer_has_a_draft_of_their_own_that_says_whose_it_is_and_since_when(
    open_intake: Callable[..., Counter], counter: Counter
) -> None:
    half_typed(counter)
    chidi, marta = counter.page.form.who.card, a_customer(counter.shop, counter.actor, "Marta")
    assert chidi is not None
    counter.window.set_counter(marta)
    counter.window.show_page("intake", marta.id)
    counter.quiet()
    form = counter.page.form
    assert form.who.card is not None and form.who.card.customer.id == marta.id
    assert (form.device.name(), form.draft_bar.isHidden()) == ("", True)
    counter.fill(Model="Toaster")
    counter.window.show_page("intake", chidi.customer.id)
    counter.quiet()
    assert (form.who.card.customer.id, form.device.name()) == (chidi.customer.id, "Radio")
    assert form.draft_bar.text().startswith(f"Draft restored · {chidi.customer.pl_id} · typed ")
    counter.tab_to("Note for the bench")
    counter.press(Key.Key_Delete, ALT)
    counter.quiet()
    assert form.is_for_nobody() and form.draft_bar.isHidden()
    counter.window.show_page("intake", marta.id)
    counter.quiet()
    assert form.device.name() == "Toaster"
    assert form.draft_bar.text().startswith(f"Draft restored · {marta.pl_id}")


def test_the_pictures_of_another_draft_are_kept_when_a_ticket_is_saved(
    counter: Counter, tmp_path: Path
) -> None:
    first, second = (a_customer(counter.shop, counter.actor, name) for name in ("Ana Ruiz", "Bo Lind"))
    counter.window.show_page("intake", first.id)
    counter.quiet()
    counter.page.devices.keep_photo(a_picture(tmp_path / "front.png"))
    counter.quiet()
    counter.window.show_page("intake", second.id)
    counter.quiet()
    counter.fill(Model="Radio", IMEI_or_serial="R1", What_is_wrong="Hums")
    counter.check_in()
    counter.window.show_page("intake", first.id)
    counter.quiet()
    assert len(counter.page.form.device.photos.files()) == 1


def test_tab_reaches_everything_once_with_a_draft_restored_and_a_device_that_is_here(
    counter: Counter,
) -> None:
    half_typed(counter)
    marta = a_customer(counter.shop, counter.actor, "Marta")
    card = counter.page.form.who.card
    assert card is not None
    for key in (marta.id, card.customer.id):
        counter.window.show_page("intake", key)
        counter.quiet()
    assert not counter.page.form.draft_bar.isHidden()
    seen = [counter.focus()]
    for _ in range(80):
        counter.press(Key.Key_Tab)
        if counter.focus() is seen[0]:
            break
        seen.append(counter.focus())
    names = [one.accessibleName() or one.property("text") for one in seen]
    assert len(set(map(id, seen))) == len(seen)
    assert "Discard" in names
    asked = ("Brand", "Model", "IMEI or serial", "Passcode", "What is wrong", "Note for the bench")
    assert [name for name in names if name in asked] == list(asked)
    assert names.index("What is wrong") == names.index("Passcode") + 1
