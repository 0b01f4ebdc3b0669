"""The house itself: locks, resources, the package, import contracts, and outside faults we watch for."""

import ast
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from posapp import __version__, paths

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ["requirements.lock", "requirements-dev.lock"]

EMIT_SIGNALS = """
from PySide6.QtCore import QCoreApplication, QObject, Signal
class Bell(QObject):
    rang = Signal(object)
app, bell, heard = QCoreApplication([]), Bell(), []
bell.rang.connect(heard.append)
for number in range(2000):
    bell.rang.emit((number, None))
assert len(heard) == 2000
"""


def run(*command: object) -> str:
    done = subprocess.run(
        [str(part) for part in command], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def pinned(lock: str) -> dict[str, str]:
    text = (ROOT / "packaging" / lock).read_text()
    return dict(re.findall(r"^([a-z0-9-]+)==([^ ;\\]+)", text, re.MULTILINE))


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_registry_and_hashes_every_package(lock: str):
    text = (ROOT / "packaging" / lock).read_text()
    assert not re.search(r"https?:|file:|--index|--extra-index|--find-links", text)
    blocks = re.split(r"\n(?=[a-z0-9])", text)
    assert all("--hash=sha256:" in block for block in blocks)


def test_the_tests_run_with_the_versions_that_users_get():
    assert pinned("requirements.lock").items() <= pinned("requirements-dev.lock").items()


def test_the_locks_cover_every_requirement_of_the_project():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    extras = project["project"]["optional-dependencies"].values()
    runtime = project["project"]["dependencies"] + [need for extra in extras for need in extra]
    for lock, needs in zip(LOCKS, [runtime, runtime + project["dependency-groups"]["dev"]], strict=True):
        names = {re.split(r"[\[<>=!~; ]", need)[0].lower().replace("_", "-") for need in needs}
        assert names <= pinned(lock).keys()


def test_every_font_and_icon_has_its_licence_beside_it():
    fonts = paths.resources() / "fonts"
    unlicensed = {font.name for font in fonts.glob("*.ttf")}
    for licence in fonts.glob("LICENSE-*.txt"):
        family = licence.stem.removeprefix("LICENSE-")
        covered = {name for name in unlicensed if name.startswith(family)}
        assert covered, licence.name
        unlicensed -= covered
    assert not unlicensed
    assert (paths.resources() / "icons" / "LICENSE").is_file()


def test_every_icon_takes_the_colour_of_its_text():
    icons = list((paths.resources() / "icons").glob("*.svg"))
    assert len(icons) > 50
    assert all('stroke="currentColor"' in icon.read_text() for icon in icons)


def test_the_import_contracts_hold():
    run(Path(sys.executable).with_name("lint-imports"), "--no-cache")


def _imports() -> dict[str, set[str]]:
    """Which modules of the program each one names, for types only and inside functions included."""
    files = {}
    for file in (ROOT / "posapp").rglob("*.py"):
        parts = file.relative_to(ROOT).with_suffix("").parts
        files[".".join(parts).removesuffix(".__init__")] = file
    named: dict[str, set[str]] = {}
    for module, file in files.items():
        found = set()
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module:
                full = {f"{node.module}.{one.name}" for one in node.names}
                found |= {one if one in files else node.module for one in full}
            elif isinstance(node, ast.Import):
                found |= {one.name for one in node.names}
        named[module] = found & files.keys() - {module}
    return named


def test_no_module_imports_in_a_circle():
    named = _imports()

    def reached(module: str) -> set[str]:
        seen, left = set[str](), [module]
        while left:
            new = named[left.pop()] - seen
            seen |= new
            left += new
        return seen

    assert [one for one in named if one in reached(one)] == []


def test_two_thousand_signals_do_not_abort_the_process():
    run(sys.executable, "-c", EMIT_SIGNALS)


@pytest.mark.slow
def test_the_wheel_carries_the_resources_and_the_type_marker(tmp_path: Path):
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path)
    [wheel] = tmp_path.glob("*.whl")
    assert __version__ in wheel.name
    names = zipfile.ZipFile(wheel).namelist()
    assert {
        "posapp/py.typed",
        "posapp/_resources/icons/house.svg",
        "posapp/_resources/fonts/LICENSE-Inter.txt",
    } <= {*names}
    assert not [name for name in names if name.startswith("tests/")]


def _asked_for() -> set[tuple[str, str]]:
    """Who is asked for what in the program: the words before a dot, and the name after it.

    The window also asks by name, `getattr(desk, "label_phone")`; a desk that asks itself does so in its file.
    """
    asked = set()
    for file in (ROOT / "posapp").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute):
                owner = ast.unparse(node.value)
                asked.add((file.stem if owner == "self" else owner, node.attr))
            elif isinstance(node, ast.Constant) and isinstance(node.value, str) and "ui" in file.parts:
                asked.add(("desk", node.value))
    return asked


def test_every_public_method_of_a_desk_is_called_by_the_program_and_not_only_by_a_test():
    asked, idle = _asked_for(), []
    parts = "".join(file.read_text(encoding="utf-8") for file in (ROOT / "posapp/services").rglob("part.py"))
    rooms = {
        desk: room for room, desk in re.findall(r"^        self\.(\w+) = (\w+Desk)\(", parts, re.MULTILINE)
    }
    desks = [
        (file, desk)
        for file in sorted((ROOT / "posapp/services").rglob("*.py"))
        for desk in ast.parse(file.read_text(encoding="utf-8")).body
        if isinstance(desk, ast.ClassDef) and desk.name.endswith("Desk")
    ]
    for file, desk in desks:  # a desk is asked for what it has from another by its own name
        rooms |= {ast.unparse(base): file.stem for base in desk.bases if ast.unparse(base).endswith("Desk")}
    for file, desk in desks:
        owner = re.compile(rf"(^|shop\.|self\._){rooms.get(desk.name, file.stem)}$|desk|Desk\(|^shop$")
        idle += [
            f"{desk.name}.{method.name}"
            for method in desk.body
            if isinstance(method, ast.FunctionDef)
            and not method.name.startswith("_")
            and not any(name == method.name and owner.search(words) for words, name in asked)
        ]
    assert idle == []


def test_what_time_it_is_is_asked_of_the_clock_alone():
    """Of the shop's own clock, so that a shop whose clock stands shows that day everywhere."""
    asked = re.compile(r"\b(datetime\.(now|utcnow|today)|date\.today|QDate(Time)?\.currentDate(Time)?)\(")
    found = [
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "posapp").rglob("*.py")
        if asked.search(path.read_text(encoding="utf-8"))
    ]
    assert found == ["posapp/domain/base/clock.py"]


def test_make_help_lists_what_can_be_called():
    listed = run("make", "help")
    for target in ("run", "demo", "test", "check", "bench", "lock", "clean"):
        assert re.search(rf"^make {target} +\S", listed, re.MULTILINE), target


def test_no_test_and_no_benchmark_sets_what_qt_says_otherwise_than_the_program():
    """A rule of their own would hide what users meet; `silence_fonts` is the program's."""
    rules = re.compile("QT_LOGGING" + "_(RULES|CONF)|setFilter" + "Rules")
    found = [path for path in (ROOT / "tests").rglob("*.py") if rules.search(path.read_text())]
    assert not found
    in_program = [path.name for path in (ROOT / "posapp").rglob("*.py") if rules.search(path.read_text())]
    assert in_program == ["qt_log.py"]


def test_tables_leave_the_program_only_by_writers_that_make_cells_harmless():
    """Whoever writes a table of its own makes every text in it harmless, and says so here."""
    asked = re.compile(r"\bcsv\.writer\(|\bDictWriter\(|\bWorkbook\(")
    found = {
        file.relative_to(ROOT / "posapp").as_posix(): "safe_cell" in text
        for file in sorted((ROOT / "posapp").rglob("*.py"))
        if asked.search(text := file.read_text(encoding="utf-8"))
    }
    assert found == {
        "files.py": True,
        "services/base/xlsx_writing.py": True,
        "services/care/export_tables.py": True,
        "services/figures/book_files/table.py": True,
    }
