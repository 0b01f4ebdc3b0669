"""Text for a terminal: calm and aligned."""

import io
import json

from posapp.cli.output import calm, dumps, facts, table, width


def test_nothing_in_a_text_steers_the_terminal():
    assert calm("a\x1b[2Jb\x07\x9bc\nd\te") == "a�[2Jb��c\nd\te"


def test_columns_line_up_whatever_the_script():
    lines = table([["नेहा", "1"], ["王芳", "2"], ["Zoe\u0301", "3"], ["a\nb", "4"]])
    assert len({width(line) for line in lines}) == 1
    assert table([]) == []


def test_facts_leave_out_what_is_empty_and_indent_further_lines():
    assert facts([("Note", "a\nb"), ("Address", ""), ("E-mail", "x")]) == [
        "Note    a",
        "        b",
        "E-mail  x",
    ]


def test_json_is_escaped_only_where_the_stream_needs_it():
    utf8, ascii_only = (io.TextIOWrapper(io.BytesIO(), encoding=name) for name in ("utf-8", "ascii"))
    assert "नेहा" in dumps(["नेहा"], utf8)
    assert json.loads(dumps(["नेहा"], ascii_only)) == ["नेहा"]
    assert dumps(["नेहा"], ascii_only).isascii()
