"""A save of this window is no change elsewhere to its next one, and what another till did is never hidden."""

from collections.abc import Callable

import pytest

from posapp.domain.base.errors import DomainError
from posapp.ui.own_writes import OwnWrites


class Record:
    """A record as a desk keeps it: it refuses whoever saw another version."""

    def __init__(self) -> None:
        self.version = 1

    def change(self, seen: int | None) -> int:
        if seen not in (None, self.version):
            raise DomainError("changed_elsewhere", "Look again.")
        self.version += 1
        return self.version


def refuses(code: str, asked: list[int | None]) -> Callable[[int | None], int]:
    def work(seen: int | None) -> int:
        asked.append(seen)
        raise DomainError(code, "No.")

    return work


def itself(version: int) -> int:
    return version


def test_a_form_that_shows_an_old_version_of_its_own_may_save_again() -> None:
    own, record = OwnWrites(), Record()
    assert [own.write("T1", 1, record.change, itself) for _ in range(3)] == [2, 3, 4]


def test_what_another_till_changed_is_refused_and_never_taken_for_ours() -> None:
    own, record = OwnWrites(), Record()
    own.write("T1", 1, record.change, itself)
    record.change(None)  # another till
    for always in (False, True, False):
        if always:
            assert own.write("T1", 1, record.change, itself, always=True) == 4
            continue
        with pytest.raises(DomainError):
            own.write("T1", 1, record.change, itself)


def test_versions_of_one_record_say_nothing_about_another() -> None:
    own, one, other = OwnWrites(), Record(), Record()
    own.write("T1", 1, one.change, itself)
    assert own.write("T2", 1, other.change, itself) == 2


def test_what_is_done_always_gives_way_to_every_other_refusal() -> None:
    asked: list[int | None] = []
    with pytest.raises(DomainError) as refused:
        OwnWrites().write("T1", 1, refuses("state_move", asked), itself, always=True)
    assert (refused.value.code, asked) == ("state_move", [1])


def test_a_save_that_changed_nothing_makes_no_new_version() -> None:
    own, record = OwnWrites(), Record()
    assert own.write("T1", 1, lambda _seen: 1, itself) == 1
    assert own.write("T1", 1, record.change, itself) == 2
