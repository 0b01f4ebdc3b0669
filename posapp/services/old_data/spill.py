"""Pairs of numbers kept aside in files without a name, in parts that fit into memory one at a time."""

import tempfile
from array import array
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from types import TracebackType
from typing import IO, Self

from posapp.domain.base.errors import EnvironmentFault

PARTS = 32
_BUFFERED = 8192


class Spill:
    """Takes pairs of whole numbers below 2^64 and gives them back part by part.

    `part_of` says for the first number of a pair in which of the `PARTS` parts it lies. Disk that is full is
    an `EnvironmentFault`.
    """

    def __init__(self, part_of: Callable[[int], int]) -> None:
        self._part_of = part_of
        self._open = ExitStack()
        self._files: list[IO[bytes]] = []
        self._waiting = [array("Q") for _ in range(PARTS)]

    def __enter__(self) -> Self:
        with _told():
            for _ in range(PARTS):
                self._files.append(self._open.enter_context(tempfile.TemporaryFile()))
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _where: TracebackType | None
    ) -> None:
        self._open.close()

    def put(self, first: int, second: int) -> None:
        """Keep a pair."""
        part = self._part_of(first)
        waiting = self._waiting[part]
        waiting.append(first)
        waiting.append(second)
        if len(waiting) >= _BUFFERED:
            self._write(part)

    def _write(self, part: int) -> None:
        with _told():
            self._waiting[part].tofile(self._files[part])
        self._waiting[part] = array("Q")

    def parts(self) -> Iterator[Iterator[tuple[int, int]]]:
        """The pairs of each part, in the order in which they came."""
        for part in range(PARTS):
            self._write(part)
            yield self._read(self._files[part])

    def _read(self, file: IO[bytes]) -> Iterator[tuple[int, int]]:
        file.seek(0)
        while data := file.read(_BUFFERED * 16):
            numbers = array("Q", data)
            yield from zip(numbers[::2], numbers[1::2], strict=True)


class _told:  # noqa: N801 - reads like a statement
    """Says a full disk in the words of the house."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, _kind: object, error: BaseException | None, _where: object) -> None:
        if isinstance(error, OSError):
            said = f"The computer has no room to look for duplicates: {error.strerror or error}."
            raise EnvironmentFault("disk_full", said) from error
