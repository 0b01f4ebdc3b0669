"""`posapp ids`."""

import pytest

from tests.cli.conftest import Cli


def test_the_status_has_its_fixed_shape(cli: Cli):
    for number in range(5):
        cli("customer", "add", "--phone", f"087123456{number}")
    status = cli("ids", "status", "--json").json
    assert status["next"] == "PL6"
    assert (status["counter"], status["with_id"], status["without_id"], status["duplicates"]) == (5, 5, 0, 0)
    assert "Next                           PL6" in cli("ids", "status").out


def test_the_counter_starts_where_it_is_told(cli: Cli):
    assert cli("ids", "init", "23", "--json").json["next"] == "PL24"
    assert cli("customer", "add", "--phone", "0871234567", "--json").json["pl_id"] == "PL24"
    refused = cli("ids", "init", "23")
    assert refused.err == "posapp: PL24 is given out already. Start at 24 or higher.\n"


@pytest.mark.parametrize("number", ["-1", "999999999", "99999999999"])
def test_a_number_that_no_counter_can_hold_is_refused(cli: Cli, number: str):
    assert cli("ids", "init", number, "--json").error["code"] == "counter_invalid"


def test_nobody_lacks_an_id(cli: Cli):
    assert cli("ids", "assign").out == "Every customer has a PL ID.\n"
    assert cli("ids", "assign", "--dry-run", "--json").json["without_id"] == 0
