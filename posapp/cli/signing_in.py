"""Who gives a command, and how they prove it.

A PIN or password never stands among the words of a command, where everybody who lists processes could read
it: it is typed at the terminal, or comes by the environment or standard input, and goes only to the desk.
"""

import os
import sys
from argparse import Namespace
from collections.abc import Callable
from getpass import getpass
from typing import TYPE_CHECKING

from posapp.domain.base.actor import Actor, Approval, Permission
from posapp.domain.base.errors import DomainError
from posapp.domain.people.users import folded

if TYPE_CHECKING:
    from posapp.services.people.sign_in import SignInDesk

PIN, NEW_PIN, APPROVAL_PIN = "POSAPP_PIN", "POSAPP_NEW_PIN", "POSAPP_APPROVAL_PIN"
_LONGEST = 1000


def signed_in(desk: "SignInDesk", args: Namespace, till: str, business: Callable[[], int]) -> Actor:
    """Whoever `--user` names, or whose pass comes from the window, once it is proved.

    `business` says where a user signs in; refuses with `sign_in_needed` where nobody is named.
    """
    if getattr(args, "pass_stdin", False):
        actor = _by_pass(desk, args, till)
        wanted = business() if getattr(args, "business", "") else actor.business
        return actor if wanted == actor.business else desk.in_business(actor, wanted)
    name, where = _named(args), business()
    return desk.by_name(till, where, name, typed_secret(args, name)).actor


def lent(desk: "SignInDesk", name: str, actor: Actor, permission: Permission) -> Approval:
    """What the manager of that name lends to one command, once it is proved who that is."""
    found = [one for one in desk.approvers(actor, permission) if folded(one.name) == folded(name)]
    if len(found) != 1:
        raise DomainError("not_approver", f"{name} may not approve this.", permission=permission)
    [manager] = found
    pin = taken(APPROVAL_PIN)
    if not pin and not at_terminal():
        raise DomainError(
            "approval_missing",
            f"Type the PIN of {manager.name} at a terminal, or give it in {APPROVAL_PIN}.",
            field="pin",
        )
    return desk.approve(actor, manager.user_id, pin or asked(f"PIN of {manager.name}: "), permission)


def founder(desk: "SignInDesk", args: Namespace, till: str) -> Actor:
    """Who adds another shop to a database that has users: an ADMIN of any of its shops."""
    if getattr(args, "pass_stdin", False):
        return _by_pass(desk, args, till)
    name = _named(args)
    return desk.admin_by_name(till, name, typed_secret(args, name)).actor


def _named(args: Namespace) -> str:
    if not getattr(args, "user", ""):
        raise DomainError("sign_in_needed", "This shop has users: name yours with --user NAME.", field="user")
    return str(args.user)


def _by_pass(desk: "SignInDesk", args: Namespace, till: str) -> Actor:
    if getattr(args, "user", "") or getattr(args, "pin_stdin", False):
        raise DomainError(
            "sign_in_twice", "--pass-stdin stands instead of --user and --pin-stdin.", field="user"
        )
    return desk.by_pass(till, line()).actor


def refuse_user(args: Namespace) -> None:
    """Refuse a user where there are none: whoever names one believes that the shop is locked."""
    if getattr(args, "user", "") or getattr(args, "approved_by", ""):
        raise DomainError(
            "no_users",
            "This shop has no users yet, so nobody signs in. Leave --user out, or add the first one: "
            "posapp user add NAME --role ADMIN.",
            field="user",
        )


def typed_secret(args: Namespace, name: str) -> str:
    """The PIN or password that proves who somebody is."""
    if getattr(args, "pin_stdin", False):
        return line()
    found = taken(PIN)
    if found:
        return found
    if not at_terminal():
        raise DomainError(
            "sign_in_needed",
            f"Type the PIN of {name} at a terminal, or give it in {PIN} or with --pin-stdin.",
            field="pin",
        )
    return asked(f"PIN of {name}: ")


def new_secret(args: Namespace, what: str) -> str:
    """A new PIN or password, typed twice at a terminal; "" where nothing is given."""
    if args.new_pin_stdin:
        return line()
    found = taken(NEW_PIN)
    if found or not at_terminal():
        return found
    first = asked(f"New {what}: ")
    if first and asked("Once more: ") != first:
        raise DomainError("pin_differs", "The two were not the same. Nothing was changed.", field="pin")
    return first


# -- where it comes from -----------------------------------------------------------------------------------
def taken(name: str) -> str:
    """A variable of the environment, which the programs that this one starts shall not see."""
    return readable(os.environ.pop(name, ""))


def line() -> str:
    """The next line of standard input, without its end."""
    try:
        found = sys.stdin.readline(_LONGEST) if sys.stdin is not None else ""
    except UnicodeDecodeError:
        found = "\udcff"
    return readable(found.rstrip("\r\n"))


def at_terminal() -> bool:
    """Whether somebody sits there who can be asked."""
    return sys.stdin is not None and sys.stdin.isatty()


def asked(prompt: str) -> str:
    """What is typed without being shown."""
    try:
        return readable(getpass(prompt))
    except EOFError:
        raise DomainError("pin_missing", "Nothing was typed.", field="pin") from None


def readable(secret: str) -> str:
    """Refuse what no keyboard types: bytes that are no letters."""
    try:
        secret.encode()
    except UnicodeEncodeError:
        raise DomainError("pin_unreadable", "This cannot be read: it is not UTF-8.", field="pin") from None
    return secret
