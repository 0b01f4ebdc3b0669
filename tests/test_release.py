"""A release: refused where it would not be one, complete where it is, without a trace when it is tried."""

import hashlib
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from posapp import __version__

ROOT = Path(__file__).resolve().parent.parent
METAINFO = "packaging/org.posapp.Posapp.metainfo.xml"
PARTS = (
    "CHANGELOG.md",
    "LICENSE",
    "README.md",
    "pyproject.toml",
    "posapp/__init__.py",
    "packaging/release.py",
    "packaging/requirements.lock",
    "packaging/debian-control",
    METAINFO,
)
CHANGES = (
    "# Changelog\n\n## [Unreleased]\n\n### Added\n\n- Gift cards.\n\n## [0.1.0] - 2026-01-02\n\n- All.\n"
)


def git(tree: Path, *words: str) -> str:
    return subprocess.run(["git", *words], cwd=tree, capture_output=True, text=True, check=True).stdout


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A small repository with what a release touches."""
    made = tmp_path / "posapp"
    for name in PARTS:
        (made / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, made / name)
    (made / "resources").mkdir()
    (made / "resources" / "icon.svg").write_text("<svg/>")
    (made / ".gitignore").write_text("/dist/\n")
    (made / "CHANGELOG.md").write_text(CHANGES)
    git(made, "init", "--quiet", "--initial-branch=main")
    git(made, "config", "user.name", "Ana")
    git(made, "config", "user.email", "ana@example.com")
    git(made, "add", "--all")
    git(made, "commit", "--quiet", "--message", "All")
    return made


def release(tree: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(tree / "packaging" / "release.py"), *words]
    return subprocess.run(command, cwd=tree, capture_output=True, text=True, check=False)


def test_a_release_has_version_changelog_commit_tag_and_what_people_download(tree: Path) -> None:
    done = release(tree, "9.2.0")
    assert done.returncode == 0, done.stderr
    assert '__version__ = "9.2.0"' in (tree / "posapp" / "__init__.py").read_text()
    assert "Version: 9.2.0" in (tree / "packaging" / "debian-control").read_text()
    assert '<release version="9.2.0" date="' in (tree / METAINFO).read_text()
    changelog = (tree / "CHANGELOG.md").read_text()
    assert re.search(
        r"## \[Unreleased\]\n\n## \[9\.2\.0\] - \d{4}-\d\d-\d\d\n\n### Added\n\n- Gift", changelog
    )
    assert git(tree, "log", "-1", "--format=%s") == "Release 9.2.0\n"
    assert git(tree, "status", "--porcelain") == ""
    told = git(tree, "tag", "--list", "--format=%(contents)", "v9.2.0")
    assert told.strip() == "posapp 9.2.0\n\n### Added\n\n- Gift cards."
    dist = tree / "dist"
    lines = [line.split("  ") for line in (dist / "SHA256SUMS").read_text().splitlines()]
    sums = {name: digest for digest, name in lines}
    assert set(sums) == {"posapp-9.2.0-py3-none-any.whl", "posapp-9.2.0.tar.gz", "requirements.lock"}
    assert all(
        hashlib.sha256((dist / name).read_bytes()).hexdigest() == digest for name, digest in sums.items()
    )


def test_a_dry_run_tells_everything_and_keeps_nothing(tree: Path) -> None:
    before = git(tree, "rev-parse", "HEAD")
    done = release(tree, "9.2.0", "--dry-run")
    assert done.returncode == 0, done.stderr
    assert "posapp-9.2.0-py3-none-any.whl" in done.stdout
    assert "- Gift cards." in done.stdout
    assert (git(tree, "rev-parse", "HEAD"), git(tree, "tag", "--list")) == (before, "")
    assert not (tree / "dist").exists()


def test_the_first_release_may_have_the_version_that_the_files_tell(tree: Path) -> None:
    assert release(tree, __version__).returncode == 0
    assert (tree / METAINFO).read_text().count(f'version="{__version__}"') == 1


def test_a_tree_with_changes_is_refused(tree: Path) -> None:
    (tree / "README.md").write_text("changed")
    done = release(tree, "9.2.0")
    assert (done.returncode, git(tree, "tag", "--list")) == (1, "")
    assert done.stderr == "No release: the tree has changes that are not committed.\n"


@pytest.mark.parametrize("words", [[], ["9.2"], ["v9.2.0"], ["9.2.0-rc1"]])
def test_a_version_that_is_none_is_refused(tree: Path, words: list[str]) -> None:
    assert "name the version" in release(tree, *words).stderr


def test_a_release_that_was_made_or_tells_nothing_new_is_refused(tree: Path) -> None:
    assert release(tree, "9.2.0").returncode == 0
    assert "9.1.9 is not newer than 9.2.0" in release(tree, "9.1.9").stderr
    assert "tells of nothing under [Unreleased]" in release(tree, "9.3.0").stderr


def test_every_file_that_tells_the_version_tells_the_same() -> None:
    assert f"Version: {__version__}\n" in (ROOT / "packaging" / "debian-control").read_text()
    metainfo = (ROOT / METAINFO).read_text()
    newest = re.search(r'<releases><release version="([^"]+)"', metainfo)
    assert newest is not None
    assert newest[1] == __version__
