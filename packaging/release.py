#!/usr/bin/env python3
"""Make a release: version, changelog, commit, tag, and what people download.

`make release VERSION=0.2.0` from a clean tree; `ARGS=--dry-run` does all of it and keeps nothing. The work is
done in a clone, so that a release that fails on the way has changed nothing here: only at the end the commit,
the tag and dist/ come over. Nothing is pushed. Standard library, git, and hatchling of the tests' lock.
"""

import argparse
import hashlib
import re
import shutil
import subprocess
import sys
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
UNRELEASED = "## [Unreleased]\n"
VERSIONED = {
    "posapp/__init__.py": (r'^__version__ = "[^"]+"$', '__version__ = "{version}"'),
    "packaging/debian-control": (r"^Version: .+$", "Version: {version}"),
    "packaging/org.posapp.Posapp.metainfo.xml": (
        r'<releases>(<release version="{version}"[^>]*/>)?',  # the one of today may be told already
        '<releases><release version="{version}" date="{day}"/>',
    ),
}
"""Where a version stands: what is looked for in which file, and what takes its place."""


class Refused(Exception):
    """Why there is no release."""


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("version", nargs="?", default="", help="such as 0.2.0")
    parser.add_argument("--dry-run", action="store_true", help="do everything, keep nothing")
    args = parser.parse_args()
    try:
        release(args.version, keep=not args.dry_run)
    except Refused as refused:
        print(f"No release: {refused}", file=sys.stderr)
        return 1
    return 0


def release(version: str, *, keep: bool) -> None:
    """Check, make it in a clone, and bring it over if it is to be kept."""
    check(version)
    with tempfile.TemporaryDirectory(prefix="release-") as folder:
        clone = Path(folder) / "posapp"
        git("clone", "--quiet", "--no-hardlinks", str(ROOT), str(clone))
        notes = write(clone, version, datetime.now(UTC).date())
        commit(clone, version, notes)
        made = build(clone)
        print(f"posapp {version}\n\n{notes}\n")
        for file in made:
            print(f"  dist/{file.name}  {file.stat().st_size / 1000:.0f} kB")
        if not keep:
            print("\nDry run: nothing was kept.")
            return
        git("fetch", "--quiet", str(clone), "HEAD", f"refs/tags/v{version}:refs/tags/v{version}")
        git("merge", "--quiet", "--ff-only", f"v{version}^{{commit}}")
        shutil.rmtree(ROOT / "dist", ignore_errors=True)
        shutil.copytree(clone / "dist", ROOT / "dist")
    print(f"\nCommitted and tagged v{version}. Publish it with: git push --follow-tags")


def check(version: str) -> None:
    """Refuse a version that is none or not newer, a tree that is not clean, and a changelog that is empty."""
    if not re.fullmatch(r"\d+\.\d+\.\d+", version):
        raise Refused("name the version, such as VERSION=0.2.0.")
    if git("status", "--porcelain").strip():
        raise Refused("the tree has changes that are not committed.")
    pattern = re.compile(r'^__version__ = "([^"]+)"$', re.MULTILINE)
    found = pattern.search((ROOT / "posapp" / "__init__.py").read_text())
    now = found[1] if found else "0"
    if _parts(version) <= _parts(now) and git("tag", "--list").strip():
        raise Refused(f"{version} is not newer than {now}.")
    if git("tag", "--list", f"v{version}").strip():
        raise Refused(f"the tag v{version} exists.")
    if not notes_of((ROOT / "CHANGELOG.md").read_text()):
        raise Refused("CHANGELOG.md tells of nothing under [Unreleased].")


def _parts(version: str) -> list[int]:
    return [int(part) for part in version.split(".")]


def notes_of(changelog: str) -> str:
    """What stands under [Unreleased]."""
    _, _, rest = changelog.partition(UNRELEASED)
    return re.split(r"^## ", rest, maxsplit=1, flags=re.MULTILINE)[0].strip()


def write(tree: Path, version: str, day: date) -> str:
    """Put the version into every file that tells it, and close the chapter of the changelog; returns that."""
    for name, (pattern, text) in VERSIONED.items():
        file = tree / name
        written, count = re.subn(
            pattern.replace("{version}", re.escape(version)),
            text.format(version=version, day=day),
            file.read_text(),
            count=1,
            flags=re.MULTILINE,
        )
        if not count:
            raise Refused(f"{name} has no place for the version.")
        file.write_text(written)
    file = tree / "CHANGELOG.md"
    changelog = file.read_text()
    file.write_text(changelog.replace(UNRELEASED, f"{UNRELEASED}\n## [{version}] - {day}\n", 1))
    return notes_of(changelog)


def commit(tree: Path, version: str, notes: str) -> None:
    """One commit, and a tag that tells what is new."""
    for name in ("user.name", "user.email"):
        value = subprocess.run(["git", "config", name], cwd=ROOT, capture_output=True, text=True, check=False)
        if value.stdout.strip():
            git("config", name, value.stdout.strip(), tree=tree)
    git("commit", "--quiet", "--all", "--message", f"Release {version}", tree=tree)
    git(
        "tag",
        "--annotate",
        "--cleanup=verbatim",
        "--message",
        f"posapp {version}\n\n{notes}",
        f"v{version}",
        tree=tree,
    )


def build(tree: Path) -> list[Path]:
    """The wheel, the source, the lock that installs it with hashes, and the digests of all of them."""
    dist = tree / "dist"
    _run([sys.executable, "-m", "hatchling", "build", "-d", str(dist)], tree)
    shutil.copy(tree / "packaging" / "requirements.lock", dist)
    made = sorted(dist.iterdir())
    sums = dist / "SHA256SUMS"
    sums.write_text(
        "".join(f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}\n" for file in made)
    )
    return [*made, sums]


def git(*words: str, tree: Path = ROOT) -> str:
    """What git says; its complaint is the refusal."""
    return _run(["git", *words], tree)


def _run(command: list[str], folder: Path) -> str:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        said = (done.stderr or done.stdout).strip() or "it said nothing"
        raise Refused(f"{' '.join(command[:4])}: {said}")
    return done.stdout


if __name__ == "__main__":
    sys.exit(main())
