"""Papers leave the program: to a printer of the system's print queue.

On Linux and macOS the queue is CUPS, which takes the PDF itself through `lp`. That a job was taken says
nothing about paper: `wait_for` asks the server until the job is through, and a job that failed is cancelled,
so that printing again does not give the customer two papers.
"""

import os
import re
import shutil
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Protocol

from posapp.domain.base.errors import EnvironmentFault
from posapp.domain.papers.documents import NO_DEFAULT_PRINTER, PaperSize
from posapp.printing.base import ipp
from posapp.printing.base.ipp import JobState
from posapp.printing.base.preview import page_sizes

PATIENCE: Final = 60.0
"""Seconds that a job may take until it counts as failed: a sleeping printer wakes up in less."""

_COMMAND_SECONDS: Final = 15.0
_ASK_SECONDS: Final = 5.0
_QUEUED: Final = re.compile(r"request id is (\S+)-(\d+) ")
_DESCRIBED: Final = re.compile(r"^printer (\S+) (?:is (idle)|now (printing)|(disabled))", re.MULTILINE)
_ROLLS: Final = {PaperSize.ROLL_80: 80, PaperSize.ROLL_58: 58}
"""The width that a printer's driver knows, in millimetres; the page is up to 0.1 mm wider (see `layout`)."""
_SHEETS: Final = {
    PaperSize.A4: "A4",
    PaperSize.LETTER: "Letter",
    PaperSize.LABEL_57: "Custom.57x32mm",
    PaperSize.LABEL_62: "Custom.62x29mm",
    PaperSize.BADGE: "Custom.54x85mm",
}


@dataclass(frozen=True, slots=True)
class PrinterInfo:
    """A queue: its name, its owner's words for it, whether it is the default, `idle`, `printing` or `paused`.

    `reason` is what the queue says while it is paused.
    """

    name: str
    description: str
    is_default: bool
    state: str
    reason: str


@dataclass(frozen=True, slots=True)
class JobTicket:
    """A job that a queue has taken."""

    printer: str
    number: int


class Printer(Protocol):
    """Something that prints papers."""

    def send(self, pdf: bytes, printer: str, *, title: str, paper: PaperSize) -> JobTicket:
        """Hand a paper over."""

    def wait_for(self, ticket: JobTicket, timeout: float = PATIENCE) -> None:
        """Return when the paper is printed, raise an EnvironmentFault when it is not."""


class SystemQueue:
    """The printers of this computer. Blocks for seconds: call it from the paper lane.

    Every method raises EnvironmentFault: `no_print_system` if there is no CUPS or it does not answer,
    `printer_missing`, `printer_paused`, `printer_failed`, `printer_timeout` with a sentence for the clerk.
    """

    def __init__(self, *, poll_seconds: float = 0.2) -> None:
        self._poll_seconds = poll_seconds

    def list_printers(self) -> list[PrinterInfo]:
        """All printers of this computer, the default first; empty if none is set up."""
        if "is running" not in _run("lpstat", "-r").stdout:
            raise _silent()
        default = _default(_run("lpstat", "-d").stdout)
        listed = _run("lpstat", "-l", "-p").stdout
        states = {found[1]: found for found in _DESCRIBED.finditer(listed)}
        names = sorted(set(_run("lpstat", "-e").stdout.split()) | set(states))
        infos = [_info(name, states.get(name), listed, is_default=name == default) for name in names]
        return sorted(infos, key=lambda info: (not info.is_default, info.name))

    def send(self, pdf: bytes, printer: str, *, title: str, paper: PaperSize) -> JobTicket:
        """Give a PDF to a printer, or to the system's default if `printer` is empty. The size is kept."""
        server = _server()
        printer = printer or _default(_run("lpstat", "-d").stdout)
        if not printer:
            raise EnvironmentFault("printer_missing", NO_DEFAULT_PRINTER)
        self._refuse_paused(server, printer)
        media = _SHEETS.get(paper) or f"Custom.{_ROLLS[paper]}x{page_sizes(pdf)[0][1]:.2f}mm"
        options = ["-o", f"media={media}", "-o", "print-scaling=none"]
        said = _run("lp", "-d", printer, "-t", title[:120], *options, "-", feed=pdf)
        if taken := _QUEUED.search(said.stdout):
            return JobTicket(taken[1], int(taken[2]))
        raise _refused(printer, said.stderr.strip())

    def wait_for(self, ticket: JobTicket, timeout: float = PATIENCE) -> None:
        """Return when the job is printed; otherwise cancel it and raise what went wrong."""
        server, end = _server(), time.monotonic() + timeout
        while True:
            fault = self._state(server, ticket)
            if fault is None:
                return
            if fault.code != "printer_timeout" or time.monotonic() >= end:
                self.cancel(ticket)
                raise fault
            time.sleep(self._poll_seconds)

    def cancel(self, ticket: JobTicket) -> None:
        """Take a job out of the queue; one that is gone already is no error."""
        _run("cancel", f"{ticket.printer}-{ticket.number}")

    def _state(self, server: ipp.Server, ticket: JobTicket) -> EnvironmentFault | None:
        """None when printed; `printer_timeout` while nothing is decided yet."""
        name = ticket.printer
        job = _asked(lambda: ipp.job(server, ticket.number, _ASK_SECONDS))
        state = job.get("job-state", [0])[0] if job else 0
        if job is None or state == JobState.COMPLETED:
            return None if job else _failed(name, "the queue no longer knows the job")
        said = str(job.get("job-printer-state-message", [""])[0])
        if state == JobState.CANCELLED:
            return _failed(name, "the job was cancelled at the queue")
        if state == JobState.ABORTED:
            return _failed(name, said or "the job was given up")
        queue = _asked(lambda: ipp.printer(server, name, _ASK_SECONDS))
        if queue and queue.get("printer-state", [0])[0] == ipp.PRINTER_STOPPED:
            return _stopped(name, said or str(queue.get("printer-state-message", [""])[0]))
        return EnvironmentFault(
            "printer_timeout",
            f"The printer {name} does not finish{_in_brackets(said)}; see that it is on, then print again.",
            printer=name,
        )

    def _refuse_paused(self, server: ipp.Server, name: str) -> None:
        """A queue that stands still takes jobs and keeps them: say so instead. Unknown ones are for `lp`."""
        queue = _asked(lambda: ipp.printer(server, name, _ASK_SECONDS))
        if queue is None:
            return
        said = str(queue.get("printer-state-message", [""])[0])
        if queue.get("printer-state", [0])[0] == ipp.PRINTER_STOPPED:
            raise _paused(name, said)
        if not queue.get("printer-is-accepting-jobs", [1])[0]:
            raise _paused(name, said or "it takes no jobs")


def _run(*command: str, feed: bytes = b"") -> "subprocess.CompletedProcess[str]":
    """Run one of CUPS's commands, its words in English and its exit status left to the caller."""
    program = shutil.which(command[0])
    if program is None:
        raise EnvironmentFault(
            "no_print_system",
            "This computer has no print system that posapp can use; save the paper as a PDF and print that.",
        )
    words = {**os.environ, "LC_ALL": "C"}
    try:
        done = subprocess.run(
            [program, *command[1:]],
            input=feed,
            capture_output=True,
            timeout=_COMMAND_SECONDS,
            env=words,
            check=False,
        )
    except subprocess.TimeoutExpired as reason:
        raise _silent() from reason
    out, err = (stream.decode("utf-8", "replace") for stream in (done.stdout, done.stderr))
    return subprocess.CompletedProcess(done.args, done.returncode, out, err)


def _server() -> ipp.Server:
    return ipp.Server.parse(_run("lpstat", "-H").stdout.strip())


def _asked(question: Callable[[], ipp.Attributes | None]) -> ipp.Attributes | None:
    try:
        return question()
    except OSError as reason:
        raise _silent() from reason


def _default(said: str) -> str:
    return said.partition(": ")[2].strip()


def _info(name: str, found: "re.Match[str] | None", listed: str, *, is_default: bool) -> PrinterInfo:
    if found is None:  # a printer of the network that CUPS sets up when it is first used
        return PrinterInfo(name, name, is_default, "idle", "")
    rest = listed[found.start() :].split("\nprinter ", 1)[0].splitlines()
    described = next(
        (line.partition(":")[2].strip() for line in rest if line.startswith("\tDescription:")), ""
    )
    state = "idle" if found[2] else "printing" if found[3] else "paused"
    reason = rest[1].strip() if state == "paused" and len(rest) > 1 and ":" not in rest[1] else ""
    return PrinterInfo(name, described or name, is_default, state, reason)


def _silent() -> EnvironmentFault:
    return EnvironmentFault(
        "no_print_system",
        "The print system of this computer does not answer; start it again, then print again.",
    )


def _in_brackets(said: str) -> str:
    return f" ({said.rstrip('.')})" if said else ""


def _paused(name: str, said: str) -> EnvironmentFault:
    why = _in_brackets(said)
    return EnvironmentFault(
        "printer_paused",
        f"The printer {name} is paused{why}; resume it in the printer settings, then print again.",
        printer=name,
    )


def _stopped(name: str, said: str) -> EnvironmentFault:
    why = said.rstrip(".") or "no reason given"
    return EnvironmentFault(
        "printer_failed",
        f"The printer {name} has stopped: {why}. Mend it, resume it, then print again.",
        printer=name,
    )


def _failed(name: str, said: str) -> EnvironmentFault:
    return EnvironmentFault(
        "printer_failed", f"The printer {name} did not print: {said.rstrip('.')}. Print again.", printer=name
    )


def _refused(name: str, said: str) -> EnvironmentFault:
    if "not accepting" in said:
        return _paused(name, "it takes no jobs")
    if "does not exist" in said or "No such" in said or "Unknown destination" in said:
        return EnvironmentFault(
            "printer_missing",
            f"This computer has no printer {name}; choose another one in Settings, This till.",
            printer=name,
        )
    return _failed(name, said.removeprefix("lp: ").rstrip(".") or "lp gave no reason")
