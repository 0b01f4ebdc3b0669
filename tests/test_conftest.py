"""The servers that other tests rely on are really there, and really private."""

import os
import re
import shutil
import subprocess

import psycopg
import pytest

from posapp import paths


@pytest.mark.postgres
def test_the_postgres_server_is_empty_and_its_own(postgres_url: str):
    with psycopg.connect(postgres_url.replace("+psycopg", "")) as connection:
        [tables] = (
            connection.execute("select count(*) from pg_tables where schemaname = 'public'").fetchone() or ()
        )
        [folder] = connection.execute("show data_directory").fetchone() or ()
    assert tables == 0
    assert "/pg-" in folder


def test_a_printed_file_lands_in_the_folder_of_the_print_queue(print_queue, tmp_path):
    text = tmp_path / "slip.txt"
    text.write_text("PL1")
    said = subprocess.run(["lp", "-d", "RAW", "-o", "raw", text], check=True, capture_output=True, text=True)
    [request] = re.findall(r"RAW-\d+", said.stdout)
    assert print_queue.file_of(request).read_text() == "PL1"


@pytest.mark.skipif(not shutil.which("lpstat"), reason="CUPS is not installed")
def test_without_that_fixture_no_printer_is_there():
    asked = subprocess.run(["lpstat", "-e"], check=False, capture_output=True, text=True)
    assert asked.stdout == ""
    assert os.environ["CUPS_SERVER"].endswith(":1")


def test_data_and_settings_are_this_tests_own(tmp_path):
    assert paths.data_dir().is_relative_to(tmp_path)
    assert paths.config_dir().is_relative_to(tmp_path)
