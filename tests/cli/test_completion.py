"""`posapp completion`: the scripts work in their shells."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.cli.conftest import Cli

ASK = """
source "$1"; shift
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMPREPLY=()
_posapp
echo "${COMPREPLY[@]}"
"""


@pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not installed")
@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        (["posapp", "boo"], {"booking", "books"}),
        (["posapp", "--database", "shop.db", "customer", "phone", "m"], {"move"}),
        (["posapp", "customer", "add", "--na"], {"--name"}),
        (["posapp", "booking", "status", "B1", "arr"], {"arrived"}),
        (["posapp", "booking", "list", "--status", "no_"], {"no_show"}),
        (["posapp", "loaner", "l"], {"lend", "list"}),
        (["posapp", "completion", "f"], {"fish"}),
        (["posapp", "user", "role", "Bob", "man"], {"manager"}),
        (["posapp", "--user", "Ann", "role", "grant", "staff", "refund_"], {"refund_in_cash"}),
    ],
)
def test_bash_completes_commands_options_and_choices(
    bare: Cli, tmp_path: Path, words: list[str], wanted: set[str]
):
    script = tmp_path / "posapp.bash"
    script.write_text(bare("completion", "bash").out)
    done = subprocess.run(
        ["bash", "-c", ASK, "ask", script, *words], capture_output=True, text=True, check=True
    )
    assert set(done.stdout.split()) == wanted


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_every_shell_gets_a_script_that_knows_every_command(bare: Cli, tmp_path: Path, shell: str):
    script = bare("completion", shell).out
    assert {"customer", "booking", "receipt", "ids"} <= set(
        script.replace('"', " ").replace("/", " ").split()
    )
    if shutil.which(shell):
        file = tmp_path / "script"
        file.write_text(script)
        subprocess.run([shell, "-n", file], check=True, capture_output=True)
