"""`python -m posapp` and the installed commands: without a command the window, else the command line.

The window must paint before anything heavy is loaded, so a bare start reads its few options here and
imports no command.
"""

import argparse
import os
import sys
from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Open the window, or run a command; returns the exit status."""
    words = list(sys.argv[1:] if argv is None else argv)
    if argv is None and "--progress" in words and hasattr(os, "nice"):
        os.nice(10)  # a window waits for it, and must not stutter meanwhile
    options = _window_options(words)
    if options is None:
        try:
            from posapp.cli import main as run_command

            return run_command(words)
        except KeyboardInterrupt:  # while the commands were being loaded
            return 130
    return _open_window(options)


def _window_options(words: Sequence[str]) -> argparse.Namespace | None:
    """The options of a start without a command; None where the command line has to answer."""
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False, exit_on_error=False)
    parser.add_argument("--demo", action="store_true")
    for name in ("--database", "--business", "--till"):
        parser.add_argument(name, type=_filled)  # the type would be asked of a default, too
    try:
        options, rest = parser.parse_known_args(words)
    except argparse.ArgumentError:
        return None
    return None if rest else options


def _filled(text: str) -> str:
    """What is named is not empty: an unset variable of a script must not mean the default shop."""
    if not text.strip():
        raise argparse.ArgumentTypeError("it is empty")
    return text


def _open_window(options: argparse.Namespace) -> int:
    try:
        from posapp.bootstrap import open_window
        from posapp.till_settings import NAME_LIMIT, is_name
        from posapp.ui.start.options import WindowOptions
    except ImportError as error:
        if not (error.name or "").startswith("PySide6"):
            raise
        print(f"posapp: The window cannot be opened on this computer: {error}.", file=sys.stderr)
        return 1
    till = (options.till or "").strip()
    if till and not is_name(till):
        print(f"posapp: A till's name is one line of at most {NAME_LIMIT} characters.", file=sys.stderr)
        return 1
    database = options.database or os.environ.get("POSAPP_DATABASE", "").strip()
    business = options.business or ""
    return open_window(WindowOptions(database=database, business=business, till=till, demo=options.demo))


if __name__ == "__main__":
    sys.exit(main())
