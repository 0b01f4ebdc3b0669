"""Two questions to a CUPS server: how is this job, how is this printer.

`lpstat` lists a job that was cancelled or failed among the completed ones, so the state of a job is asked
from the server itself by the Internet Printing Protocol (RFC 8010 and 8011), which is a small binary body in
an HTTP request. The server is where libcups finds it: `lpstat -H` says so, a host with a port or a socket.
"""

import http.client
import socket
import struct
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

_GET_JOB: Final = 0x0009
_GET_PRINTER: Final = 0x000B
_NOT_FOUND: Final = 0x0406
_LAST_SUCCESS: Final = 0x00FF
_END: Final = 0x03
_FIRST_VALUE_TAG: Final = 0x10
_OPERATION_ATTRIBUTES: Final = b"\x01"
_CHARSET, _LANGUAGE, _URI, _NAME, _KEYWORD = 0x47, 0x48, 0x45, 0x42, 0x44
_INTEGER, _BOOLEAN, _ENUM = 0x21, 0x22, 0x23

Attributes = dict[str, list[str | int]]


class JobState(IntEnum):
    """`job-state` of RFC 8011, 5.3.7."""

    PENDING = 3
    HELD = 4
    PROCESSING = 5
    STOPPED = 6
    CANCELLED = 7
    ABORTED = 8
    COMPLETED = 9


PRINTER_STOPPED: Final = 5
"""`printer-state` of a queue that is paused or has given up (RFC 8011, 5.4.11)."""


@dataclass(frozen=True, slots=True)
class Server:
    """Where a print server listens: a host and port, or the path of a local socket in `host`."""

    host: str
    port: int

    @classmethod
    def parse(cls, said: str) -> "Server":
        """From what `lpstat -H` prints: `127.0.0.1:631`, `[::1]:631` or `/run/cups/cups.sock`."""
        if said.startswith("/"):
            return cls(said, 0)
        host, _, port = said.rpartition(":")
        return cls(host.strip("[]"), int(port)) if port.isdigit() and host else cls(said, 631)


def job(server: Server, number: int, timeout: float) -> Attributes | None:
    """State, reasons and message of a job; None if the server does not know it. Raises OSError."""
    return _ask(server, _GET_JOB, f"/jobs/{number}", "job-uri", timeout)


def printer(server: Server, name: str, timeout: float) -> Attributes | None:
    """State and message of a queue; None if the server has no such queue. Raises OSError."""
    return _ask(server, _GET_PRINTER, f"/printers/{name}", "printer-uri", timeout)


class _LocalConnection(http.client.HTTPConnection):
    """HTTP over a local socket."""

    def __init__(self, path: str, timeout: float) -> None:
        super().__init__("localhost", timeout=timeout)
        self._path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self._path)


def _ask(server: Server, operation: int, path: str, target: str, timeout: float) -> Attributes | None:
    connection: http.client.HTTPConnection
    if server.port == 0:
        connection = _LocalConnection(server.host, timeout)
    else:
        connection = http.client.HTTPConnection(server.host, server.port, timeout=timeout)
    body = b"".join(
        [
            struct.pack(">BBHI", 2, 0, operation, 1),
            _OPERATION_ATTRIBUTES,
            _attribute(_CHARSET, "attributes-charset", "utf-8"),
            _attribute(_LANGUAGE, "attributes-natural-language", "en"),
            _attribute(_URI, target, f"ipp://localhost{path}"),
            _attribute(_NAME, "requesting-user-name", "posapp"),
            bytes([_END]),
        ]
    )
    try:
        connection.request("POST", path, body, {"Content-Type": "application/ipp"})
        answer = connection.getresponse()
        content = answer.read()
    except http.client.HTTPException as reason:
        raise OSError(f"the print server does not speak HTTP: {reason}") from reason
    finally:
        connection.close()
    if answer.status != http.client.OK or len(content) < 8:
        raise OSError(f"the print server answers {answer.status}")
    status = struct.unpack_from(">H", content, 2)[0]
    if status == _NOT_FOUND:
        return None
    if status > _LAST_SUCCESS:
        raise OSError(f"the print server refuses with {status:#06x}")
    return _attributes(content)


def _attribute(tag: int, name: str, value: str) -> bytes:
    named, valued = name.encode(), value.encode()
    return struct.pack(f">BH{len(named)}sH{len(valued)}s", tag, len(named), named, len(valued), valued)


def _attributes(content: bytes) -> Attributes:
    """All attributes of an answer, whatever group they stand in."""
    found: Attributes = {}
    name, at = "", 8
    while at < len(content) and content[at] != _END:
        tag = content[at]
        at += 1
        if tag < _FIRST_VALUE_TAG:  # the start of a group
            continue
        (size,) = struct.unpack_from(">H", content, at)
        name = content[at + 2 : at + 2 + size].decode() or name  # a further value of the same attribute
        at += 2 + size
        (size,) = struct.unpack_from(">H", content, at)
        value = content[at + 2 : at + 2 + size]
        at += 2 + size
        if tag in (_INTEGER, _ENUM):
            found.setdefault(name, []).append(struct.unpack(">i", value)[0])
        elif tag == _BOOLEAN:
            found.setdefault(name, []).append(value[0])
        elif tag >= _NAME - 1:
            found.setdefault(name, []).append(value.decode("utf-8", "replace"))
    return found
