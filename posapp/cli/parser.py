"""The grammar of the command line: commands in groups, and the options that every command takes.

Common options may stand before or after the command's name: each level has them without a default, so
that a level where one is absent does not undo what another level read.
"""

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from posapp import __version__

if TYPE_CHECKING:
    from posapp.cli.context import Run

_LONGEST_MESSAGE = 300
_EPILOG = "Exit status: 0 done, 1 refused or not found, 2 wrong usage. Without a command the window opens."


class UsageError(Exception):
    """A command line that posapp does not understand; carries the usage line of the level it failed on."""

    def __init__(self, usage: str, message: str) -> None:
        shown = message if len(message) <= _LONGEST_MESSAGE else message[:_LONGEST_MESSAGE] + "…"
        super().__init__(shown)
        self.usage = usage


class Parser(argparse.ArgumentParser):
    """An ArgumentParser that raises `UsageError`; no abbreviations, so that new options break nothing."""

    def __init__(self, **settings: object) -> None:
        super().__init__(allow_abbrev=False, **settings)  # type: ignore[arg-type]  # passed on unchanged

    def _get_values(self, action: argparse.Action, arg_strings: list[str]) -> Any:
        """`--note=--` is a note of two dashes; argparse would take them for the end of the options."""
        if action.option_strings and action.nargs is None and arg_strings == ["--"]:
            value = self._get_value(action, "--")
            self._check_value(action, value)
            return value
        return super()._get_values(action, arg_strings)

    def error(self, message: str) -> NoReturn:
        """Raise instead of leaving the process."""
        raise UsageError(self.format_usage(), message)


class Group:
    """Commands below one parser."""

    def __init__(self, parser: Parser, *, required: bool = True) -> None:
        self.parser = parser
        self._choices = parser.add_subparsers(
            title="commands", metavar="COMMAND", dest=argparse.SUPPRESS, required=required
        )

    def command(
        self,
        name: str,
        run: "Run",
        help: str,
        *,
        details: str = "",
        own: "Run | None" = None,
        is_free: bool = False,
        has_json: bool = True,
    ) -> Parser:
        """Add a command; what `run` returns is the exit status (None: 0).

        Where a shop has users, everybody signs in before `run`, unless the command `is_free`. A customer who
        is signed in is answered by `own`, from what is their own, and refused where there is none. Without
        `has_json` its own `--json` names a file.
        """
        parser = self._add(name, help, details, has_json=has_json)
        parser.set_defaults(run=run, own=own, is_free=is_free)
        return parser

    def group(self, name: str, help: str, *, run: "Run | None" = None, details: str = "") -> "Group":
        """Add a group of commands; `run` is what the group's bare name does, if anything."""
        parser = self._add(name, help, details)
        if run is not None:
            parser.set_defaults(run=run, own=None, is_free=False)
        return Group(parser, required=run is None)

    def _add(self, name: str, said: str, details: str, *, has_json: bool = True) -> Parser:
        parser = self._choices.add_parser(
            name,
            help=said,
            description=f"{said[:1].upper()}{said[1:]}. {details}".strip(),
            formatter_class=argparse.RawDescriptionHelpFormatter
            if "\n" in details
            else argparse.HelpFormatter,
        )
        add_common_options(parser, has_json=has_json)
        return parser


_NAMED = (
    (
        "--database",
        "URL|PATH",
        "the shop's data: a file, or postgresql://… (else POSAPP_DATABASE, else this computer's own)",
    ),
    ("--business", "NAME", "which business, where there are several"),
    ("--till", "NAME", "the till that records name (this computer's)"),
    (
        "--user",
        "NAME",
        "who you are, in a shop with users; the PIN is asked for, or stands in POSAPP_PIN",
    ),
    (
        "--approved-by",
        "NAME",
        "the manager who lends what you may not do alone, for this one command; the PIN is asked for, "
        "or stands in POSAPP_APPROVAL_PIN",
    ),
)
_FLAGS = (
    ("--pin-stdin", "read the PIN or password from a line of standard input"),
    ("--pass-stdin", "for programs that the window starts: read its pass from a line of standard input"),
)
_JSON = ("--json", "one JSON document on standard output")


def add_common_options(parser: argparse.ArgumentParser, *, has_json: bool = True) -> None:
    """The options of every level."""
    common = parser.add_argument_group("common options")
    for name, metavar, said in _NAMED:
        common.add_argument(name, metavar=metavar, default=argparse.SUPPRESS, type=filled, help=said)
    for name, said in (*_FLAGS, *((_JSON,) if has_json else ())):
        common.add_argument(name, action="store_true", default=argparse.SUPPRESS, help=said)


def add_force(parser: argparse.ArgumentParser, when: str = "") -> None:
    """The wish to replace a file that is there; every command that writes one has it."""
    parser.add_argument("--force", action="store_true", help=f"{when}replace a file of that name")


def filled(text: str) -> str:
    """An argument that must not be empty (an unset variable of a script must not mean the default shop)."""
    if not text.strip():
        raise argparse.ArgumentTypeError("it is empty")
    return text


def path(text: str) -> Path:
    """The path of a file or folder."""
    return Path(os.path.expanduser(filled(text)))  # noqa: PTH111 - pathlib raises for the home of nobody


def count(text: str) -> int:
    """A whole number of at least 1, in ASCII digits."""
    if not (text.isascii() and text.isdecimal() and len(text) <= 9 and int(text) > 0):
        raise argparse.ArgumentTypeError(f"{text[:20]!r} is not a whole number of at least 1")
    return int(text)


def whole(text: str) -> int:
    """A whole number, also below zero."""
    digits = text.removeprefix("-")
    if not (digits.isascii() and digits.isdecimal() and len(digits) <= 18):
        raise argparse.ArgumentTypeError(f"{text[:20]!r} is not a whole number")
    return int(text)


def root() -> tuple[Parser, Group]:
    """The parser of `posapp` itself and the group that its commands are added to."""
    parser = Parser(
        prog="posapp", description="Front desk and point of sale for repair shops.", epilog=_EPILOG
    )
    parser.add_argument("--version", action="version", version=f"posapp {__version__}")
    parser.add_argument(
        "--demo",
        action="store_true",
        default=argparse.SUPPRESS,
        help="open the window with a throw-away shop",
    )
    add_common_options(parser)
    return parser, Group(parser)
