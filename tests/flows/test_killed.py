"""The program is killed in the middle of a form: what was typed is there again."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from posapp.services.shop import Shop
from tests.factories import TILL, a_customer, a_phone
from tests.flows.clerk import until
from tests.flows.conftest import OpenTill

ROOT = Path(__file__).parents[2]


@pytest.mark.timeout(60)
def test_half_typed_forms_are_there_again_after_the_program_was_killed(
    behind: Shop, open_till: OpenTill, sqlite_place: str
) -> None:
    marta = a_customer(behind, behind.actor(TILL), "Marta Kowalczyk", phone=a_phone(1))
    died = subprocess.run(
        [sys.executable, "-m", "tests.flows.dying_window", sqlite_place],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=50,
        check=False,
    )
    assert died.returncode == -signal.SIGKILL, died.stderr

    clerk = open_till()
    clerk.press("F3", "ctrl+B")
    form = clerk.page("calendar").form
    until(lambda: form.who.card is not None)
    assert form.who.card.customer.id == marta.id
    assert form.note.text() == "Drops to 0"

    clerk.press("ctrl+T")
    clerk.on("intake")
    device = clerk.page("intake").form.device
    until(lambda: device.model.text() == "ThinkPad X1")
    assert (device.make.text(), device.fault.text()) == ("Lenovo", "Will not start")
