"""`posapp customer duplicates`: finds, dismisses, takes back."""

import json

from tests.cli.conftest import Cli

ADD = ("customer", "add", "--name", "Marta Kowalczyk", "--email", "m@example.com", "--phone")


def test_pairs_are_listed_dismissed_and_taken_back(cli: Cli) -> None:
    command = ("customer", "duplicates")
    for number in ("087 123 4567", "087 123 9999"):
        cli(*ADD, number)
    told = cli(*command, "--json").json
    assert [(one["score"], one["reason"], one["a"], one["b"]) for one in told] == [
        (99, "same e-mail, same name", "PL1", "PL2")
    ]
    assert "99  strong  PL1  PL2" in cli(*command).out
    assert cli(*command, "--dismiss", "PL2", "0871234567").out == "PL2 and PL1 are two people.\n"
    assert cli(*command).out == "No customers look like one person.\n"
    assert [one["a"] for one in cli(*command, "--dismissed", "--json").json] == ["PL1"]
    assert "Told apart from another customer  PL2" in cli("history", "PL1").out
    assert cli(*command, "--take-back", "PL1", "PL2", "--json").json["dismissed"] is False
    steps = cli(*command, "--progress")
    assert steps.out == ""
    told = [json.loads(line)["progress"] for line in steps.err.splitlines()]
    assert told[-1] == {"step": "compare", "done": 100, "total": 100}
    assert cli(*command, "--dismiss", "PL1", "PL1", "--json").error["code"] == "same_customer"
    assert cli(*command, "--dismiss", "PL1", "--json").status == 2
