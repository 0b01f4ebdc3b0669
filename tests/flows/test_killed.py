"""The program is killed in the middle of a form: what was typed is there again."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from posapp.services.desks import Shop
from tests.factories import TILL, a_customer, a_phone
from tests.flows.clerk import until
from tests.flows.conftest import OpenTill
from tests.repairs import a_ticket

ROOT = Path(__file__).parents[2]


@pytest.mark.timeout(120)
@pytest.mark.parametrize("ending", [signal.SIGKILL, signal.SIGTERM], ids=["killed", "logged out"])
def test_half_typed_forms_are_there_again_after_the_program_was_ended(
    behind: Shop, open_till: OpenTill, sqlite_place: str, ending: signal.Signals
) -> None:
    marta = a_customer(behind, behind.actor(TILL), "Marta Kowalczyk", phone=a_phone(1))
    a_ticket(behind, behind.actor(TILL), customer_id=marta.id)
    died = subprocess.run(
        [sys.executable, "-m", "tests.flows.dying_window", sqlite_place, ending.name],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert died.returncode == (-ending if ending == signal.SIGKILL else 0), died.stderr

    clerk = open_till()
    desk = clerk.page("desk")
    assert desk.middle.newcomer.form.name.text() == "Half a na"
    until(lambda: "Changes of PL1" in desk.welcome.notice.text())
    clerk.window.show_page("estimate", "T1")
    clerk.quiet()
    assert clerk.page("estimate").lines.form.text_of.text() == "Half a line"
    clerk.press("F3", "ctrl+B")
    form = clerk.page("calendar").form
    until(lambda: form.who.card is not None)
    assert form.who.card.customer.id == marta.id
    assert form.note.text() == "Drops to 0"

    clerk.press("F2", "Escape", "ctrl+T")
    clerk.on("intake")
    device = clerk.page("intake").form.device
    until(lambda: device.model.text() == "ThinkPad X1")
    assert (device.make.text(), device.fault.text()) == ("Lenovo", "Will not start")
