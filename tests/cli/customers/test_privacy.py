"""`posapp customer data|anonymise|consent`: a person's data, forgetting a person, what was agreed to."""

import json
from pathlib import Path

from tests.cli.conftest import Cli

MARTA = ("customer", "add", "--phone", "087 123 4567", "--name", "Marta Kowalczyk")
FORGET = ("customer", "anonymise", "PL1")


def test_the_data_of_a_person_is_written_once_unless_forced(cli: Cli, tmp_path: Path) -> None:
    cli(*MARTA)
    for kind in ("json", "pdf"):
        file = tmp_path / f"marta.{kind}"
        write = ("customer", "data", "0871234567", f"--{kind}", str(file))
        assert cli(*write).out == f"PL1 is written to {file}\n"
        assert "file_exists" in cli("--json", *write).err
        assert cli(*write, "--force").status == 0
    assert json.loads((tmp_path / "marta.json").read_text())["customer"][0]["name"] == "Marta Kowalczyk"
    assert (tmp_path / "marta.pdf").read_bytes().startswith(b"%PDF")
    assert cli("customer", "data", "PL1").status == 2
    assert cli("customer", "data", "PL1", "--pdf", "x.pdf", "--paper", "80mm").status == 2


def test_a_person_is_forgotten_after_a_look_at_what_goes(cli: Cli) -> None:
    cli(*MARTA)
    cli("ticket", "add", "--phone", "0871234567", "--device", "Nokia 3310", "--fault", "dead")
    plan = cli(*FORGET, "--dry-run", "--json").json
    assert (plan["dry_run"], plan["blocked"]) == (True, ["T1 has a device in the shop."])
    refused = cli(*FORGET, "--reason", "letter", "--json")
    assert (refused.status, refused.error["code"]) == (1, "person_blocked")
    cli("ticket", "status", "T1", "ready")
    assert cli("ticket", "hand-back", "T1", "--to", "Marta").status == 0
    assert cli(*FORGET).status == 2
    done = cli(*FORGET, "--reason", "letter", "--json").json
    assert (done["pl_id"], done["scrubbed"], done["goes"]["phones"]) == ("PL1", True, 1)
    assert cli(*FORGET, "--reason", "letter", "--json").error["code"] == "person_erased"
    shown = cli("customer", "show", "PL1")
    assert "PL1  Anonymised\n" in shown.out and "Marta" not in shown.out
    assert "Marta" not in cli("history", "PL1").out
    assert "(removed)" in cli("history", "PL1").out
    assert cli("search", "Marta", "--json").json == []
    assert cli(*MARTA, "--json").json["pl_id"] == "PL2"
    assert cli("verify").status == 0


def test_answers_about_consent_are_noted_and_shown(cli: Cli) -> None:
    cli(*MARTA)
    assert "not asked" in cli("customer", "consent", "PL1").out
    told = cli("customer", "consent", "PL1", "keep-data", "given", "--words", "Yes", "--json").json
    assert told["consents"] == {"messages": False, "marketing": False, "photos": False, "keep_data": True}
    told = cli("customer", "consent", "PL1", "keep_data", "withdrawn", "--json").json
    assert [(one["given"], one["words"]) for one in told["answers"][:1]] == [(True, "Yes")]
    assert not told["consents"]["keep_data"]
    assert cli("customer", "consent", "PL1", "faxes", "given", "--json").error["code"] == "consent_unknown"
    assert cli("customer", "consent", "PL1", "photos").status == 2


def test_the_years_of_tax_papers_are_a_setting(cli: Cli) -> None:
    assert cli("settings", "tax-years").out == "10\n"
    assert cli("settings", "tax-years", "7", "--json").json == {"tax-years": 7}
    assert cli("settings", "tax-years", "many", "--json").error["code"] == "tax_years_invalid"
