"""Several commands begun at one moment: one does it, the others are told in a sentence."""

import contextlib
import io
import json
import os
from functools import partial

import pytest

from posapp import paths
from posapp.bootstrap import open_shop
from posapp.cli import main
from posapp.services.care.backups import backups_of
from posapp.services.care.verify import verify
from tests.factories import a_shop
from tests.fixtures import KINDS
from tests.several_tills import programs_at_once

INIT = "init --region IE --currency EUR --time-zone Europe/Dublin --json --business".split()
Said = tuple[int, str, str]


def command(data: str, place: str, *words: str) -> Said:
    """Run a command in a program of its own; its exit status, and what it said where."""
    os.environ |= {"POSAPP_DATA_DIR": data, "POSAPP_CONFIG_DIR": data, "POSAPP_DATABASE": place}
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        status = main(list(words))
    return status, out.getvalue(), err.getvalue()


def at_once(place: str, *commands: list[str]) -> list[Said]:
    paths.data_dir().mkdir(exist_ok=True)
    return programs_at_once([partial(command, str(paths.data_dir()), place, *words) for words in commands])


@pytest.mark.parametrize("empty_place", KINDS, indirect=True)
def test_of_several_that_make_the_shop_one_does(empty_place: str) -> None:
    answers = at_once(empty_place, *[[*INIT, "Harbour Lane Repairs"]] * 4)
    assert sorted(status for status, _, _ in answers) == [0, 1, 1, 1]
    refusals = [json.loads(err)["error"]["code"] for status, _, err in answers if status]
    assert refusals == ["business_exists"] * 3
    shop = open_shop(empty_place)
    assert [one.name for one in shop.businesses.all()] == ["Harbour Lane Repairs"]
    assert [one.rule for one in verify(shop.store) if not one.is_kept] == []
    shop.close()


@pytest.mark.parametrize("empty_place", KINDS, indirect=True)
def test_backups_made_at_once_are_each_whole(empty_place: str) -> None:
    a_shop(empty_place).close()
    answers = at_once(empty_place, *[["backup", "--json"]] * 3)
    assert [(status, err) for status, _, err in answers] == [(0, "")] * 3
    files = {json.loads(out)["file"] for _, out, _ in answers}
    found = backups_of(empty_place)
    assert {str(one.file) for one in found} == files
    assert len(files) == 3
    assert all(one.manifest is not None for one in found)
    assert list(paths.backup_dir().glob(".*")) == []
