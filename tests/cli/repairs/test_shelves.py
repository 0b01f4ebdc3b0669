"""`posapp shelf`: set up, listed, and their labels read back."""

from pathlib import Path

from tests.cli.conftest import Cli
from tests.printing.samples import codes_on, pictures


def test_shelves_are_set_up_and_their_labels_written(cli: Cli, tmp_path: Path):
    assert cli("shelf", "list").out.strip() == "No shelves."
    assert cli("shelf", "add", "b2", "A1", "--json").json == [{"shelf": "B2"}, {"shelf": "A1"}]
    assert cli("shelf", "list").out.split() == ["A1", "B2"]
    every, one = tmp_path / "all.pdf", tmp_path / "one.pdf"
    made = cli("shelf", "label", "--pdf", str(every), "--json").json
    assert made == {"labels": 2, "paper": "57x32", "file": str(every)}
    assert cli("shelf", "label", "b2", "--paper", "62x29", "--pdf", str(one)).status == 0
    codes = [[text for _, text in codes_on(page)] for page in pictures(every.read_bytes())]
    assert codes == [["A1"], ["B2"]]
    assert [[text for _, text in codes_on(page)] for page in pictures(one.read_bytes())] == [["B2"]]
    assert (
        cli("shelf", "label", "C3", "--pdf", str(tmp_path / "no"), "--json").error["code"] == "shelf_unknown"
    )
    assert not (tmp_path / "no").exists()
    for words in (["--print", "--force"], ["--pdf", "x", "--printer", "PDF"], []):
        assert cli("shelf", "label", *words).status == 2
