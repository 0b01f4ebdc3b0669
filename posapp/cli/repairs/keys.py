"""`posapp key …`: bring the key of the passcodes from till to till; no database and no backup has it."""

import sys

from posapp import files, paths
from posapp.cli.context import Context
from posapp.cli.parser import Group, add_force, path
from posapp.domain.base.errors import DomainError
from posapp.services.base.passcodes import Passcodes

_LONGEST = 1000


def add_to(root: Group) -> None:
    """Add `key` and what is below it."""
    group = root.group("key", "the key of the devices' passcodes: from this till, to this till")
    export = group.command("export", _export, "write this till's key to a file only you can read")
    export.add_argument("file", metavar="FILE", type=path)
    add_force(export)
    bring = group.command("import", _import, "take over the key of another till")
    bring.add_argument("file", metavar="FILE", type=path, nargs="?", help="standard input if left out")


def _export(ctx: Context) -> None:
    with ctx.guarded():
        files.check(ctx.args.file, replace=ctx.args.force)  # no key is made for a file that cannot be
        line = Passcodes(paths.data_dir()).export()
        files.write(ctx.args.file, f"{line}\n".encode("ascii"), replace=ctx.args.force)
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
