"""The words of the journal."""

import re
from pathlib import Path

import pytest

import posapp
from posapp.domain.base.actions import Action, action_of, spelled


@pytest.mark.parametrize("action", Action)
def test_a_word_of_the_chain_is_read_back_as_its_act(action: Action) -> None:
    assert action_of(str(action)) is action
    assert re.fullmatch(r"[a-z_]+\.[a-z_]+", action) and action.startswith(f"{action.about}.")


def test_a_word_of_a_newer_program_is_no_act_but_can_be_read() -> None:
    assert action_of("customer.merged_into") is None
    assert spelled("customer.merged_into") == "Customer merged into"


def test_every_act_is_one_that_the_program_writes() -> None:
    folder = Path(posapp.__file__).parent
    text = "".join(
        file.read_text() for floor in ("services", "storage") for file in (folder / floor).rglob("*.py")
    )
    made = {
        f"{kind}.{end}"
        for kind in ("service", "resource")
        for end in ("added", "edited", "archived", "restored", "ordered")
    }
    made |= {f"walk_in.{end}" for end in ("left", "waiting")}
    made |= {f"part.{end}" for end in ("reserved", "used", "returned", "scrapped")}
    unwritten = [one for one in Action if f"Action.{one.name}" not in text and one.value not in made]
    assert unwritten == []
