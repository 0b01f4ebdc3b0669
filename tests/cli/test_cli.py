"""The grammar, the exit statuses, and what a user can get wrong anywhere."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from posapp import __version__, paths
from tests.cli.conftest import Cli
from tests.own_server import OwnServer

ROOT = Path(__file__).resolve().parents[2]
LEVELS = [
    [],
    ["init"],
    ["settings"],
    ["demo"],
    ["customer"],
    ["customer", "add"],
    ["customer", "phone"],
    ["customer", "phone", "move"],
    ["customer", "contact", "add"],
    ["search"],
    ["booking", "add"],
    ["booking", "list"],
    ["history"],
    ["receipt"],
    ["service", "add"],
    ["staff", "edit"],
    ["hours", "set"],
    ["ids", "init"],
    ["verify"],
    ["backup"],
    ["restore"],
    ["backups"],
    ["doctor"],
    ["completion"],
]


@pytest.mark.parametrize("level", LEVELS, ids=" ".join)
def test_every_level_has_help(bare: Cli, level: list[str]):
    done = bare(*level, "--help")
    assert done.status == 0
    assert done.out.startswith("usage: posapp")
    assert "--database" in done.out
    assert not done.err


def test_the_version_is_told(bare: Cli):
    assert bare("--version").out.strip() == f"posapp {__version__}"


@pytest.mark.parametrize(
    "words",
    [
        ["nonsense"],
        ["customer"],
        ["customer", "add"],
        ["customer", "add", "--phone", "1", "--no-phone", "shy"],
        ["customer", "edit", "PL1"],
        ["customer", "sh", "PL1"],
        ["booking", "add", "--phone", "0871234567"],
        ["booking", "status", "B1", "flying"],
        ["booking", "add", "--phone", "0871234567", "--at", "2030-01-07 10:00", "--minutes", "many"],
        ["booking", "move", "B1"],
        ["search"],
        ["search", "x", "--limit", "0"],
        ["search", "x", "--lim", "3"],
        ["receipt", "B1"],
        ["receipt", "B1", "--pdf", "x.pdf", "--print"],
        ["receipt", "B1", "--pdf", "x.pdf", "--printer", "P"],
        ["receipt", "B1", "--pdf", "x.pdf", "--paper", "a5"],
        ["receipt", "B1", "--pdf", ""],
        ["backup", ""],
        ["restore"],
        ["ids", "init", "many"],
        ["ids", "init", "9" * 5000],
        ["--database", "", "ids", "status"],
        ["--demo", "ids", "status"],
        ["init", "--region", "IE", "--currency", "EUR", "--time-zone", "Europe/Dublin"],
        ["demo", "--customers", "-3"],
        ["nonsense" * 2000],
    ],
    ids=lambda words: " ".join(words)[:50],
)
def test_wrong_usage_is_told_and_ends_with_2(cli: Cli, words: list[str]):
    done = cli(*words)
    assert done.status == 2
    assert not done.out
    assert "posapp: " in done.err
    assert len(done.err) < 3000
    assert cli(*words, "--json").error["code"] == "usage"


def test_common_options_stand_before_or_after_the_command(bare: Cli, sqlite_place: str):
    before = bare(
        "--json", "--database", sqlite_place, "--till", "Door", "customer", "add", "--phone", "0871234567"
    )
    after = bare("customer", "add", "--phone", "0871234567", "--database", sqlite_place, "--json")
    assert before.json["created_by"] == "Door"
    assert after.json["pl_id"] == before.json["pl_id"] == "PL1"


def test_a_missing_database_is_told_and_not_created(bare: Cli, tmp_path: Path):
    missing = tmp_path / "missing.db"
    for words in (
        ["search", "x"],
        ["ids", "status"],
        ["customer", "add", "--phone", "0871234567"],
        ["verify"],
    ):
        done = bare(*words, "--database", missing)
        assert done.status == 1
        assert done.err.startswith("posapp: There is no shop here yet")
    assert list(tmp_path.glob("missing.db*")) == []
    assert bare("search", "x", "--json").error["code"] == "no_shop"
    assert not paths.default_database().exists()


def test_an_empty_file_stays_empty(bare: Cli, tmp_path: Path):
    empty = tmp_path / "empty.db"
    empty.touch()
    assert bare("search", "x", "--database", empty).status == 1
    assert empty.stat().st_size == 0


def test_the_data_of_another_program_is_left_alone(bare: Cli, tmp_path: Path):
    other = tmp_path / "other.db"
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE bookmark (url TEXT)")
    connection.close()
    before = other.read_bytes()
    words = ["--business", "X", "--region", "IE", "--currency", "EUR", "--time-zone", "Europe/Dublin"]
    assert bare("search", "x", "--database", other, "--json").error["code"] == "database_foreign"
    assert bare("init", *words, "--database", other, "--json").error["code"] == "database_foreign"
    assert other.read_bytes() == before


@pytest.mark.parametrize(
    "place", ["/etc/hostname", "/", "/nowhere/at/all.db", "mysql://h/x", "://", "~nobody-here/x"]
)
def test_a_place_that_is_no_shop_is_refused_in_one_line(bare: Cli, place: str):
    done = bare("search", "x", "--database", place)
    assert done.status == 1
    assert len(done.err.splitlines()) == 1


def test_a_damaged_database_is_told(cli: Cli, sqlite_place: str):
    Path(sqlite_place).write_bytes(b"SQLite format 3\0" + b"\x07" * 9000)
    done = cli("search", "x", "--json")
    assert done.error["code"] == "database_damaged"
    assert "restore" in done.error["message"]


def test_a_database_of_a_newer_posapp_is_told(cli: Cli, sqlite_place: str):
    with sqlite3.connect(sqlite_place) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    assert cli("search", "x", "--json").error["code"] == "database_newer"


def test_a_database_held_by_another_program_is_told(
    cli: Cli, sqlite_place: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("posapp.storage.base.database.PRAGMAS", ("foreign_keys=ON", "busy_timeout=1"))
    holder = sqlite3.connect(sqlite_place, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    done = cli("customer", "add", "--phone", "0871234567", "--json")
    holder.close()
    assert done.error["code"] == "database_busy"
    assert cli("ids", "status", "--json").json["with_id"] == 0


@pytest.mark.postgres
def test_what_a_server_refuses_is_one_sentence(bare: Cli, own_server: OwnServer):
    for parts, words in (
        ({"username": "nobody"}, "does not know the name “nobody”"),
        ({"database": "nowhere"}, "has no database “nowhere”"),
        ({"port": 1}, "does not answer"),
    ):
        done = bare("search", "x", "--database", own_server.address(**parts), "--json")
        assert done.status == 1
        assert words in done.error["message"]
    done = bare("search", "x", "--database", own_server.url)
    assert (done.status, done.out) == (1, "")
    assert done.err.startswith("posapp: There is no shop here yet (postgresql://postgres@127.0.0.1:")


def test_an_unknown_business_and_a_choice_of_several_are_told(cli: Cli):
    assert cli("ids", "status", "--business", "Elsewhere", "--json").error["code"] == "business_unknown"
    more = ["--region", "IN", "--currency", "INR", "--time-zone", "Asia/Kolkata"]
    assert cli("init", "--business", "Second", *more).status == 0
    assert cli("ids", "status", "--json").error["code"] == "business_missing"
    assert cli("ids", "status", "--business", "Second", "--json").json["next"] == "PL1"


@pytest.mark.parametrize("till", ["x" * 41, "\u200b "])
def test_a_till_needs_a_short_name(cli: Cli, till: str):
    assert cli("customer", "add", "--phone", "0871234567", "--till", till, "--json").error["field"] == "till"


def test_a_fault_of_the_program_is_one_sentence_and_a_traceback_in_the_log(
    cli: Cli, monkeypatch: pytest.MonkeyPatch
):
    def fail(*_: object) -> None:
        raise ValueError("deep inside")

    monkeypatch.setattr("posapp.services.customers.ids.IdDesk.status", fail)
    done = cli("ids", "status")
    assert done.status == 1
    assert "did not expect" in done.err
    assert "deep inside" not in done.err
    assert "ValueError: deep inside" in (paths.log_dir() / "posapp.log").read_text()


def test_the_log_says_created_and_reused_by_pl_id_only(cli: Cli):
    cli("customer", "add", "--phone", "0871234567", "--name", "Marta")
    cli("customer", "add", "--phone", "0871234567", "--name", "Marta")
    log = (paths.log_dir() / "posapp.log").read_text()
    assert "created PL1" in log
    assert "reused PL1" in log
    assert "Marta" not in log
    assert "4567" not in log


def test_a_command_works_without_a_log(cli: Cli, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("POSAPP_DATA_DIR", "/proc/nowhere")
    assert cli("ids", "status").status == 0


def test_ctrl_c_is_quiet(cli: Cli, monkeypatch: pytest.MonkeyPatch):
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("posapp.services.customers.ids.IdDesk.status", interrupted)
    done = cli("ids", "status")
    assert (done.status, done.out, done.err) == (130, "", "")


# -- as real processes -----------------------------------------------------------------------------------
def run(*words: object, **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "posapp", *map(str, words)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **settings},
    )


def test_from_an_empty_folder_to_a_paper(tmp_path: Path):
    place, pdf = tmp_path / "shop.db", tmp_path / "slip.pdf"
    shop = ["--database", str(place)]
    made = run(
        "init",
        *shop,
        "--business",
        "Kiran's",
        "--region",
        "IN",
        "--currency",
        "INR",
        "--time-zone",
        "Asia/Kolkata",
    )
    assert made.returncode == 0, made.stderr
    added = run("customer", "add", *shop, "--phone", "9717619183", "--name", "नेहा", "--json")
    assert json.loads(added.stdout)["phones"] == ["+919717619183"]
    booked = run("booking", "add", *shop, "--phone", "user_9717619183", "--at", "2030-11-20 10:00", "--json")
    assert json.loads(booked.stdout)["number"] == "B1"
    found = run("search", *shop, "neha", "--json", PYTHONIOENCODING="ascii")
    assert [hit["name"] for hit in json.loads(found.stdout)] == ["नेहा"]
    assert run("receipt", "B1", *shop, "--pdf", pdf).returncode == 0
    assert pdf.read_bytes().startswith(b"%PDF")
    assert not list(tmp_path.glob("shop.db-*"))


def test_a_terminal_without_the_letters_is_no_reason_to_fail(sqlite_place: str):
    run("customer", "add", "--database", sqlite_place, "--phone", "0871234567", "--name", "नेहा")
    done = run("search", "--database", sqlite_place, "4567", PYTHONIOENCODING="ascii")
    assert done.returncode == 0
    assert "PL1" in done.stdout


def test_a_reader_that_left_is_no_error(sqlite_place: str):
    reader, writer = os.pipe()
    os.close(reader)
    command = [sys.executable, "-m", "posapp", "completion", "bash", "--database", sqlite_place]
    done = subprocess.run(command, cwd=ROOT, stdout=writer, stderr=subprocess.PIPE, check=False)
    os.close(writer)
    assert done.stderr == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no full device")
def test_output_that_has_nowhere_to_go_is_told():
    with Path("/dev/full").open("w") as full:
        command = [sys.executable, "-m", "posapp", "completion", "bash"]
        done = subprocess.run(command, cwd=ROOT, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith("posapp: The output cannot be written")


def test_a_broken_name_in_bytes_is_kept_readable(sqlite_place: str):
    command = [sys.executable, "-m", "posapp", "customer", "add", "--phone", "0871234567", "--name"]
    words = [
        *(word.encode() for word in command),
        b"M\xfcller",
        b"--database",
        sqlite_place.encode(),
        b"--json",
    ]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["name"] == "M�ller"


def test_the_demonstration_ends_on_request_and_leaves_nothing(tmp_path: Path):
    place = tmp_path / "demo.db"
    command = [
        sys.executable,
        "-m",
        "posapp",
        "demo",
        "--customers",
        "500000",
        "--progress",
        "--database",
        str(place),
    ]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) as child:
        assert child.stderr
        assert "progress" in child.stderr.readline()
        child.send_signal(signal.SIGTERM)
        rest = child.stderr.read()
    assert child.returncode == 130
    assert "Traceback" not in rest
    assert not list(tmp_path.glob("demo.db*"))


@pytest.mark.parametrize("name", ["x" * 300, "ring"])
@pytest.mark.parametrize("command", [("doctor",), ("verify",), ("backup",), ("upkeep",), ("drill",)])
def test_a_database_whose_name_can_be_none_is_one_sentence(
    cli: Cli, tmp_path: Path, name: str, command: tuple[str, ...]
):
    (tmp_path / "ring").symlink_to(tmp_path / "ring")
    done = cli(*command, "--database", tmp_path / name)
    assert "did not expect" not in done.err
    assert "cannot be the name of a file" in done.err + done.out


def test_two_dashes_after_an_equals_sign_are_the_value(cli: Cli):
    assert cli("ticket", "list", "--all", "--words=--").status == 0
    cli("customer", "add", "--phone", "0871234567", "--name=--")
    assert cli("customer", "show", "PL1", "--json").json["name"] == "--"
    assert cli("receipt", "B1", "--paper=--").status == 2


@pytest.mark.parametrize("name", ["user add", "user edit", "role discount", "order add"])
def test_a_percentage_is_shown_as_it_is_typed(bare: Cli, name: str):
    told = bare(*name.split(), "--help").out
    assert "%" in told
    assert "%%" not in told
