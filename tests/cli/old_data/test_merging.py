"""`posapp customer merge|unmerge`: what is said and told, and that a trial run keeps nothing."""

from tests.cli.conftest import Cli


def two(cli: Cli) -> None:
    for name, number in (("Asha Kumar", "087 123 4567"), ("Asha K", "087 123 9999")):
        cli("customer", "add", "--name", name, "--phone", number)


def test_a_merge_is_tried_made_and_undone(cli: Cli) -> None:
    two(cli)
    merge = ("customer", "merge", "0871239999", "--into", "PL1")
    tried = cli(*merge, "--dry-run", "--json").json
    moved = {"phone": 1}
    assert tried == {"merge": None, "survivor": "PL1", "loser": "PL2", "moved": moved}
    assert cli("customer", "show", "PL2", "--json").json["pl_id"] == "PL2"
    assert cli(*merge, "--dry-run").out.startswith("PL2 would be a part of PL1.\n")

    made = cli(*merge, "--json").json
    assert made == {"merge": 1, "survivor": "PL1", "loser": "PL2", "moved": moved}
    assert cli("customer", "show", "PL2", "--json").json["pl_id"] == "PL1"
    assert "Merged" in cli("history", "PL1").out
    assert cli(*merge, "--json").error["code"] == "merge_same"

    undone = cli("customer", "unmerge", "PL2", "--json").json
    assert undone == {"merge": 1, "survivor": "PL1", "loser": "PL2", "returned": moved, "left": []}
    assert cli("customer", "show", "PL2", "--json").json["pl_id"] == "PL2"
    assert cli("customer", "unmerge", "1", "--json").error["code"] == "merge_unknown"
    assert cli("customer", "unmerge", "PL2", "--json").error["code"] == "merge_unknown"
    assert "Merge undone" in cli("history", "PL2").out
    assert cli("verify").status == 0


def test_a_merge_is_told_in_words(cli: Cli) -> None:
    two(cli)
    said = cli("customer", "merge", "PL2", "--into", "PL1").out
    assert said.startswith("PL2 is a part of PL1.\n")
    assert "posapp customer unmerge 1" in said
    assert cli("customer", "unmerge", "1").out.startswith("PL2 stands alone again.\n")


def test_numbers_are_exchanged(cli: Cli) -> None:
    two(cli)
    told = cli("customer", "phone", "swap", "PL1", "087 123 4567", "087 123 9999", "--json").json
    assert told["pl_id"] == "PL1"
    assert cli("customer", "show", "0871239999", "--json").json["pl_id"] == "PL1"
    assert cli("customer", "show", "0871234567", "--json").json["pl_id"] == "PL2"
