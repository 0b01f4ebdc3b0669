"""Drafts: what was half typed is there again, whatever happened."""

import subprocess
import sys
from pathlib import Path

import pytest

from posapp.services.drafts import Drafts

TYPED = {"name": "Łukasz \ud800 नेहा", "note": "a\nb", "at": 12, "open": True, "none": None}


@pytest.fixture
def drafts(tmp_path: Path) -> Drafts:
    return Drafts(tmp_path / "drafts" / "till-1")


def test_a_draft_is_there_again_until_it_is_dropped(drafts: Drafts) -> None:
    assert drafts.load("booking") is None
    drafts.save("booking", TYPED)
    assert drafts.load("booking") == TYPED
    assert drafts.load("customer") is None
    drafts.drop("booking")
    drafts.drop("booking")
    assert drafts.load("booking") is None


def test_a_draft_survives_a_kill(tmp_path: Path) -> None:
    code = (
        "import os, signal, sys\nfrom pathlib import Path\nfrom posapp.services.drafts import Drafts\n"
        "drafts = Drafts(Path(sys.argv[1]))\ndrafts.save('booking', {'name': 'half ty'})\n"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    ended = subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=False)
    assert ended.returncode == -9
    assert Drafts(tmp_path).load("booking") == {"name": "half ty"}


def test_a_draft_is_for_its_owner_only_and_never_half_of_one(drafts: Drafts, tmp_path: Path) -> None:
    drafts.save("booking", {"name": "x"})
    drafts.save("booking", {"name": "y"})
    [file] = (tmp_path / "drafts" / "till-1").iterdir()
    assert (file.name, file.stat().st_mode & 0o777) == ("booking.json", 0o600)


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b"\xff\xfe"])
def test_a_draft_that_cannot_be_read_is_none(
    drafts: Drafts, tmp_path: Path, content: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    drafts.save("booking", {})
    (tmp_path / "drafts" / "till-1" / "booking.json").write_bytes(content)
    assert drafts.load("booking") is None


def test_typing_goes_on_where_the_disk_refuses(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "file").touch()
    drafts = Drafts(tmp_path / "file")
    drafts.save("booking", TYPED)
    assert drafts.load("booking") is None
    drafts.drop("booking")
    assert "not kept" in caplog.text


@pytest.mark.parametrize("name", ["", "../x", "a/b", "A", "x" * 99])
def test_a_name_is_no_path(drafts: Drafts, name: str) -> None:
    with pytest.raises(ValueError, match="not a draft"):
        drafts.save(name, {})
