"""Draws the house as it stands: floors and their libraries by the import contracts, rooms by the folders.

`python -m tests.diagram` prints it; with --write it puts it into resources/docs/architecture.md, where a test
compares the two.
"""

import re
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "resources" / "docs" / "architecture.md"
BEGIN, END = "<!-- drawn by: python -m tests.diagram --write -->\n```text\n", "```\n"
WIDTH = 78


def drawn() -> str:
    """The diagram, one block for each layer of the floors, from the top."""
    contracts = _contracts()
    homes = _homes(contracts)
    lines = []
    for layer in contracts["floors"]["layers"]:
        for floor in layer.split(" | "):
            drawn_floor = _floor(floor, homes.get(floor, []))
            lines += ["", *drawn_floor, ""] if len(drawn_floor) > 1 else drawn_floor
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n"


def rooms(floor: str) -> list[str]:
    """The rooms of a floor: parts in their order (see `order`), screens by the alphabet."""
    folder = ROOT / "posapp" / floor
    found = (
        [path.name for path in folder.iterdir() if (path / "__init__.py").exists()] if folder.is_dir() else []
    )
    known = order() if floor != "ui" else []
    return sorted(found, key=lambda name: (known.index(name) if name in known else len(known), name))


def order() -> list[str]:
    """The parts of the trade, each standing on those before it."""
    layers = _contracts().get("parts", {}).get("layers", [])
    return [layer.strip("()") for layer in reversed(layers)]


def _contracts() -> dict[str, dict[str, list[str]]]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return {one["id"]: one for one in project["tool"]["importlinter"]["contracts"]}


def _homes(contracts: dict[str, dict[str, list[str]]]) -> dict[str, list[str]]:
    """Which libraries live on which floor: those that only its modules may import."""
    homes: dict[str, list[str]] = {}
    for one in contracts.values():
        outside = [name for name in one.get("protected_modules", ()) if not name.startswith("posapp")]
        if outside:
            floor = one["allowed_importers"][0].removeprefix("posapp.").partition(".")[0]
            homes.setdefault(floor, []).extend(outside)
    return homes


def _floor(name: str, libraries: list[str]) -> list[str]:
    """Name, libraries at the right, and the rooms below, broken where the page ends."""
    lines = [f"{name:<14}{', '.join(libraries)}".rstrip()]
    line = ""
    for room in rooms(name):
        if len(line) + len(room) + 3 > WIDTH - 4:
            lines.append(f"    {line}")
            line = ""
        line += ("  " if line else "") + room
    return [*lines, f"    {line}"] if line else lines


def main() -> int:
    """Print, or write into the page."""
    if "--write" not in sys.argv[1:]:
        print(drawn(), end="")
        return 0
    page = PAGE.read_text(encoding="utf-8")
    before, _, rest = page.partition(BEGIN)
    PAGE.write_text(before + BEGIN + drawn() + END + rest.partition(END)[2], encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
