"""The pages for the next people are true: what they name is there, and the house is as they draw it."""

import re
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

from posapp import cli
from posapp.domain import stored_papers
from posapp.storage import tables
from posapp.storage.care import verify
from tests.diagram import BEGIN, END, PAGE, ROOT, drawn, order, rooms

DECISIONS = sorted((ROOT / "resources" / "docs" / "decisions").glob("[0-9]*.md"))
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", PAGE, *DECISIONS[0].parent.glob("*.md")]
ROOMS = ("posapp/", "tests/", "packaging/", "resources/", ".ci/")
SOURCES = [
    path
    for folder in ("posapp", "tests", "packaging")
    for path in (ROOT / folder).rglob("*")
    if path.suffix in (".py", ".toml", ".sql", ".spec") and path != Path(__file__)
]


def test_the_diagram_is_the_house_as_it_stands() -> None:
    page = PAGE.read_text(encoding="utf-8")
    shown = page.partition(BEGIN)[2].partition(END)[0]
    assert shown == drawn(), "python -m tests.diagram --write"


def test_a_typed_phone_number_goes_where_the_page_says() -> None:
    steps = re.findall(r"^\| \d+\. .*\| `([^`]+)` \| `(\w+)` \|$", PAGE.read_text("utf-8"), re.MULTILINE)
    assert len(steps) == 20
    gone = [
        f"{file}: {name}"
        for file, name in steps
        if not re.search(rf"^ *(class|def) {name}\b", (ROOT / file).read_text("utf-8"), re.MULTILINE)
    ]
    assert not gone


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_file_and_link_of_a_page_is_there(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    linked = [page.parent / link for link in re.findall(r"\]\(([^)#]+)\)", text) if "://" not in link]
    named = [
        ROOT / name
        for name in re.findall(r"`([\w./-]+)`", text)
        if name.startswith(ROOMS) or name.endswith(".md")
    ]
    assert not [str(path) for path in (*linked, *named) if not path.exists()]


def test_the_lists_of_the_floors_name_every_room() -> None:
    """The lists that the page marks: what a room brings is in each of them, and nothing twice."""
    with_rules = [one for one in _modules("storage", "part") if hasattr(one, "rules")]
    with_papers = [one for one in _modules("domain", "papers") if hasattr(one, "PAPERS")]
    groups = [
        import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
        for path in (ROOT / "posapp" / "cli").rglob("*.py")
        if re.search(r"^def add_to\b", path.read_text("utf-8"), re.MULTILINE)
    ]
    for listed, there in (
        (tables.PARTS, [one for one in _modules("storage", "tables") if ".base." not in one.__name__]),
        (verify.PARTS, with_rules),
        (stored_papers.PARTS, with_papers),
        (cli._GROUPS, groups),
    ):
        assert sorted(one.__name__ for one in listed) == sorted(one.__name__ for one in there)
    for page, floor in (
        ("services/desks.py", "services"),
        ("storage/unit_of_work.py", "storage"),
        ("printing/render.py", "printing"),
    ):
        text = (ROOT / "posapp" / page).read_text("utf-8")
        for one in _modules(floor, "part"):
            room = one.__name__.split(".")[2]
            assert room == "base" or re.search(rf"posapp\.{floor}\.{room}(\.part)? import", text), one


def _modules(floor: str, name: str) -> list[ModuleType]:
    """The module of that name of each room of a floor that has one."""
    there = [room for room in rooms(floor) if (ROOT / "posapp" / floor / room / f"{name}.py").exists()]
    return [import_module(f"posapp.{floor}.{room}.{name}") for room in there]


def test_every_room_is_a_part_of_the_trade() -> None:
    """A folder without a layer in the contract would be held to no order."""
    found = {room for floor in ("domain", "storage", "services", "printing") for room in rooms(floor)}
    assert found - {"migrations"} <= set(order())


def test_unknown_errors_are_caught_only_where_the_page_says() -> None:
    page = PAGE.read_text("utf-8").partition("* **Errors are three kinds.**")[2].partition("\n* ")[0]
    told = {*re.findall(r"`(posapp/[\w/]+\.py)`", page), "posapp/cli/__init__.py"}
    found = {
        str(path.relative_to(ROOT))
        for path in (ROOT / "posapp").rglob("*.py")
        if "except Exception" in path.read_text("utf-8")
    }
    assert found == told


def test_the_readme_stays_one_page() -> None:
    assert len((ROOT / "README.md").read_text(encoding="utf-8").splitlines()) <= 110


@pytest.mark.parametrize("page", DECISIONS, ids=lambda page: page.stem)
def test_a_decision_says_what_and_why_what_else_and_how_much(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    parts = re.findall(r"^## (.+)\n\n(.+)", text, re.MULTILINE)
    assert [name for name, _first in parts] == ["What", "Why", "What else was tried or weighed", "Figures"]
    number, title = re.match(r"# (\d+)\. (.+)\n", text).groups()  # type: ignore[union-attr]
    assert int(number) == int(page.stem[:2])
    assert f"[{number}. {title}]({page.name})" in (page.parent / "README.md").read_text(encoding="utf-8")


def test_no_comment_sends_its_reader_to_a_paper_that_is_not_here() -> None:
    """Neither by its name nor by a section or row of it; a page of the web stands with its address."""
    kept = {path.name for path in ROOT.rglob("*.md") if ".venv" not in path.parts}
    lost = []
    for path in SOURCES:
        for line in path.read_text(encoding="utf-8").splitlines():
            pages = [name for name in re.findall(r"\b[\w-]+\.md\b", line) if name not in kept]
            section = re.search(r"\bsections? \d", line) and "://" not in line
            row = re.search(r"legacy rules|\b[CU]\d{1,2}[:)]", line)
            if pages or section or row:
                lost.append(f"{path.relative_to(ROOT)}: {line.strip()}")
    assert not lost
