"""`posapp key …`: bring the key of the passcodes from till to till; no database and no backup has it."""

import os
import sys

from posapp import paths
from posapp.cli.context import Context
from posapp.cli.parser import Group, path
from posapp.domain.errors import DomainError, EnvironmentFault
from posapp.services.passcodes import Passcodes

_LONGEST = 1000


def add_to(root: Group) -> None:
    """Add `key` and what is below it."""
    group = root.group("key", "the key of the devices' passcodes: from this till, to this till")
    export = group.command("export", _export, "write this till's key to a file only you can read")
    export.add_argument("file", metavar="FILE", type=path)
    bring = group.command("import", _import, "take over the key of another till")
    bring.add_argument("file", metavar="FILE", type=path, nargs="?", help="standard input if left out")


def _export(ctx: Context) -> None:
    line = Passcodes(paths.data_dir()).export()
    try:
        handle = os.open(ctx.args.file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(line + "\n")
    except FileExistsError:
        raise DomainError(
            "file_exists", f"{ctx.args.file.name} exists already. Choose another file.", field="file"
        ) from None
    except OSError as error:
        raise EnvironmentFault(
            "file_unwritten", f"{ctx.args.file} cannot be written: {error.strerror}."
        ) from error
    ctx.out.result(
        {"file": str(ctx.args.file)},
        f"The key is in {ctx.args.file}. Whoever has it can read passcodes: delete it once it is imported.",
    )


def _import(ctx: Context) -> None:
    file = ctx.args.file
    try:
        text = sys.stdin.read(_LONGEST) if file is None else file.read_text("utf-8")[:_LONGEST]
    except UnicodeDecodeError:
        text = ""  # the desk says what a key looks like
    except OSError as error:
        raise DomainError("file_unread", f"{file} cannot be read: {error.strerror}.", field="file") from error
    Passcodes(paths.data_dir()).bring(text)
    ctx.out.result({"imported": True}, "This till has the key now and can show passcodes.")
