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
    parser.add_argument("--database", default="")
    parser.add_argument("--business", default="")
    try:
        options, rest = parser.parse_known_args(words)
    except argparse.ArgumentError:
        return None
    return None if rest else options


def _open_window(options: argparse.Namespace) -> int:
    try:
        from posapp.bootstrap import open_window
        from posapp.ui.start.program import WindowOptions
    except ImportError as error:
        if not (error.name or "").startswith("PySide6"):
            raise
        print(f"posapp: The window cannot be opened on this computer: {error}.", file=sys.stderr)
        return 1
    database = options.database or os.environ.get("POSAPP_DATABASE", "").strip()
    return open_window(WindowOptions(database=database, business=options.business, demo=options.demo))


if __name__ == "__main__":
    sys.exit(main())
