"""Every command there is, with words that its grammar takes: for what must hold for all of them."""

import argparse
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from posapp.cli import build_parser


class Command(NamedTuple):
    """The least words of a command, whether it is free to everybody, and whether it answers customers."""

    words: list[str]
    is_free: bool
    is_own: bool


def commands(values: Mapping[str, str] | None = None) -> dict[str, Command]:
    """Each command by its name (`customer phone add`).

    `values` is what stands for an argument, by `group:METAVAR`, `METAVAR` or `group`; else a 1.
    """
    return {
        " ".join(at): Command(
            [*at, *_words(parser, at[0], values or {})],
            bool(parser.get_default("is_free")),
            parser.get_default("own") is not None,
        )
        for at, parser in _commands(build_parser(), ())
    }


def _commands(
    parser: argparse.ArgumentParser, at: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], argparse.ArgumentParser]]:
    if parser.get_default("run") is not None:
        yield at, parser
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, below in action.choices.items():
                yield from _commands(below, (*at, name))


def _words(parser: argparse.ArgumentParser, group: str, values: Mapping[str, str]) -> Iterator[str]:
    needed = [one._group_actions[0] for one in parser._mutually_exclusive_groups if one.required]
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            continue
        if not action.option_strings and action.nargs not in ("?", "*"):
            yield _value(action, group, values)
        elif action.option_strings and (action.required or action in needed):
            yield from [action.option_strings[0], _value(action, group, values)][
                : 1 if action.nargs == 0 else 2
            ]


def _value(action: argparse.Action, group: str, values: Mapping[str, str]) -> str:
    if action.choices:
        return str(next(iter(action.choices)))
    names = (f"{group}:{action.metavar}", str(action.metavar), group)
    return next((values[one] for one in names if one in values), "1")
