"""A shop of the version before on the command line: as before, until it gets its first ADMIN."""

import pytest

from posapp.bootstrap import open_shop
from posapp.domain.people.users import Role
from posapp.services.people.users import SaveUser
from tests.cli.conftest import Cli
from tests.old_shops import lay_down

MARTA = ("search", "marta", "--business", "Harbour Lane Repairs", "--json")


def test_commands_are_as_before_until_there_is_an_admin(
    bare: Cli, empty_place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    lay_down(empty_place, "0015")
    monkeypatch.setenv("POSAPP_DATABASE", empty_place)
    assert "Marta Kowalczyk" in bare(*MARTA).out
    shop = open_shop(empty_place)
    actor = shop.actor("Till 1", "Harbour Lane Repairs")
    shop.users.save(actor, SaveUser(name="Grace", role=Role.ADMIN, pin="482915"))
    shop.close()
    refused = bare(*MARTA)
    assert refused.status != 0
    assert refused.error["code"] == "sign_in_needed"
