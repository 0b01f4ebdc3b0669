"""The pages for the next people are true: what they name is there, and the house is as they draw it."""

import re
from pathlib import Path

import pytest

from tests.diagram import BEGIN, END, PAGE, ROOT, drawn

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
