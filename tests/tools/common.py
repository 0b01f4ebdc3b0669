"""What the server tools beside this file share: their command line, and starting and ending in order."""

import argparse
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from types import FrameType

Environment = dict[str, str]
Running = Callable[[argparse.Namespace], AbstractContextManager[Environment]]


class CannotStartError(Exception):
    """The server does not come up; the text says why."""


def parser(usage: str, description: str | None) -> argparse.ArgumentParser:
    """A parser whose help is the tool's docstring."""
    made = argparse.ArgumentParser(
        usage=usage, description=description, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    made.add_argument("--log", action="store_true", help="print the server's log at the end")
    made.add_argument(
        "--until-eof", action="store_true", help="without a command: stop when standard input ends"
    )
    return made


def free_port() -> int:
    """A loopback port that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def run(arguments: argparse.ArgumentParser, running: Running, shown: list[str]) -> int:
    """Start the server; run the command after -- against it, or print the settings `shown` and stay."""
    at = sys.argv.index("--") if "--" in sys.argv else len(sys.argv)
    args, command = arguments.parse_args(sys.argv[1:at]), sys.argv[at + 1 :]
    signal.signal(signal.SIGTERM, _end_in_order)
    try:
        with running(args) as settings:
            if command:
                return subprocess.run(command, env=settings, check=False).returncode
            for name in shown:
                print(f"export {name}={settings[name]}", flush=True)
            _stay(args.until_eof)
    except KeyboardInterrupt:
        pass
    except CannotStartError as error:
        print(f"{arguments.prog}: {error}", file=sys.stderr)
        return 2
    return 0


def _stay(until_eof: bool) -> None:
    if until_eof:
        sys.stdin.buffer.read()
    else:
        signal.pause()


def _end_in_order(signum: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt
