"""Shelves in Settings: set up by keys, and their labels printed."""

from dataclasses import replace

from tests.printing.samples import codes_on, pictures


def into_shelves(manager):
    section = manager.open("tickets")
    manager.press("Right", "Right", "Right")
    return section.part


def test_shelves_are_added_and_their_labels_printed_by_keys(manager, print_queue, qtbot):
    manager.session.till = replace(manager.session.till, label_printer="PDF")
    part = into_shelves(manager)
    assert not any(one.isVisible() for one in part.labels)
    manager.press("alt+P", "ctrl+P", "alt+N", "ctrl+Return")
    assert "Enter the code of a shelf" in manager.window.sheet_content.form.fields()[0].message()
    manager.type("T12")
    manager.press("ctrl+Return")
    assert "is no shelf" in manager.window.sheet_content.form.fields()[0].message()
    for code in ("bench 2", "A1"):
        if manager.window.sheet_content is None:
            manager.press("alt+N")
        manager.press("ctrl+A")
        manager.type(code)
        manager.press("ctrl+Return")
    assert manager.toasts == ["BENCH 2 added", "A1 added"]
    assert manager.session.shop.shelves.all(manager.session.actor) == ["A1", "BENCH 2"]
    before = set(print_queue.folder.iterdir())
    manager.press("Down", "ctrl+P")
    qtbot.waitUntil(lambda: manager.toasts[-1] == "Label of BENCH 2 printed")
    [one] = set(print_queue.folder.iterdir()) - before
    manager.press("alt+P")
    qtbot.waitUntil(lambda: manager.toasts[-1] == "2 labels printed")
    [both] = set(print_queue.folder.iterdir()) - before - {one}
    read = [
        [text for page in pictures(file.read_bytes()) for _, text in codes_on(page)] for file in (one, both)
    ]
    assert read == [["BENCH 2"], ["A1", "BENCH 2"]]
