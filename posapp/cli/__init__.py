"""The command line: one module per group of commands; parses, asks a desk, prints.

A command is a function that takes a `Context` and returns its exit status. Refusals are raised as
`PosappError` and worded here once: one sentence on standard error, exit 1. Nothing a user can cause ends in
a traceback.
"""

import contextlib
import io
import logging
import os
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from functools import cache

from posapp import paths
from posapp.cli import completion
from posapp.cli.bookings import bookings
from posapp.cli.care import backups, demo, doctor, exports, ids, journal, upkeep, verify
from posapp.cli.catalogue import items, price_levels, stock, taxes
from posapp.cli.context import Context
from posapp.cli.counter import kiosk, search
from posapp.cli.customers import customers
from posapp.cli.figures import books, history, reports
from posapp.cli.logs import logging_to_file
from posapp.cli.old_data import consolidating, imports
from posapp.cli.output import Output, OutputError
from posapp.cli.papers import papers
from posapp.cli.parser import Parser, UsageError, root
from posapp.cli.people import roles, users
from posapp.cli.repairs import keys, loaners, prices, shelves, tickets
from posapp.cli.selling import gift_cards, orders, payments, shifts
from posapp.cli.shop import businesses, hours, resources
from posapp.domain.base.errors import PosappError

log = logging.getLogger(__name__)
DONE, REFUSED, USAGE, INTERRUPTED = 0, 1, 2, 130
_GROUPS = (
    businesses,
    demo,
    users,
    roles,
    customers,
    search,
    bookings,
    tickets,
    loaners,
    shelves,
    orders,
    payments,
    shifts,
    gift_cards,
    kiosk,
    history,
    reports,
    books,
    papers,
    resources,
    hours,
    taxes,
    price_levels,
    items,
    stock,
    prices,
    imports,
    consolidating,
    ids,
    keys,
    verify,
    journal,
    upkeep,
    backups,
    exports,
    doctor,
    completion,
)


@cache  # parsing leaves it as it is
def build_parser() -> Parser:
    """The whole grammar."""
    parser, group = root()
    for module in _GROUPS:
        module.add_to(group)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status."""
    words = list(sys.argv[1:] if argv is None else argv)
    _let_streams_carry_anything()
    try:
        with _tidy_when_ended():
            status = _run(words)
        if sys.stdout is not None:
            sys.stdout.flush()
        return status
    except BrokenPipeError:
        _close_quietly()
        return REFUSED
    except KeyboardInterrupt:
        return INTERRUPTED
    except OSError as error:  # an OutputError, or what the last flush met
        _close_quietly()
        with contextlib.suppress(OSError):
            Output(as_json="--json" in words).refusal(
                "output_failed", f"The output cannot be written: {error.strerror or error}."
            )
        return REFUSED


@contextlib.contextmanager
def _tidy_when_ended() -> Iterator[None]:
    """A request to end (a window's *Cancel*) undoes what is half done, as Ctrl+C does."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _run(words: list[str]) -> int:
    try:
        args = build_parser().parse_args(words)
    except UsageError as error:
        _tell_usage(error, as_json="--json" in words)
        return USAGE
    except SystemExit as leave:  # --help and --version
        return int(leave.code or 0)
    ctx = Context(args)
    with logging_to_file():
        try:
            if getattr(args, "demo", False):
                raise UsageError(
                    build_parser().format_usage(), "--demo opens the window and takes no command"
                )
            return ctx.run() or DONE
        except UsageError as error:
            _tell_usage(error, as_json=ctx.out.as_json)
            return USAGE
        except PosappError as error:
            ctx.out.failure(error)
            return REFUSED
        except (BrokenPipeError, OutputError):
            raise
        except Exception:
            log.exception("command failed")
            ctx.out.refusal(
                "unexpected",
                "Something went wrong that posapp did not expect. Nothing half-done was kept; "
                f"the details are in {paths.log_dir() / 'posapp.log'}.",
            )
            return REFUSED
        finally:
            ctx.close()


def _tell_usage(error: UsageError, *, as_json: bool) -> None:
    out = Output(as_json=as_json)
    if not as_json:
        out.note(error.usage.rstrip())
    out.refusal("usage", str(error))


def _let_streams_carry_anything() -> None:
    """A name that the terminal's letters cannot show must not end a command."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _close_quietly() -> None:
    """Whoever read the output has seen enough: let what is still to come go nowhere."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
