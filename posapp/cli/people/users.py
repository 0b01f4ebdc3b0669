"""`posapp user …`: who works here and who are customers with a way in, and what proves who they are."""

from dataclasses import replace
from getpass import getuser
from typing import Any

from posapp.cli.context import Context
from posapp.cli.counter import own
from posapp.cli.customers.customers import tell_found
from posapp.cli.output import facts, table
from posapp.cli.parser import Group, UsageError
from posapp.cli.people.user_text import user_document, user_rows
from posapp.cli.signing_in import NEW_PIN, new_secret
from posapp.domain.base.errors import DomainError
from posapp.domain.catalogue.taxes import parse_percent
from posapp.domain.people.users import Role, User
from posapp.services.people.users import SaveUser

_ROLES = [one.value for one in Role]
_ROLE: Any = {"metavar": "ROLE", "type": str.lower, "choices": _ROLES, "help": ", ".join(_ROLES)}
_NEW = (
    f"A new one is typed at the terminal, or stands in {NEW_PIN}, or with --new-pin-stdin on a line of "
    "standard input (behind the line of --pin-stdin, where both are given)."
)


def add_to(root: Group) -> None:
    """Add `user` and what is below it."""
    group = root.group("user", "users: who signs in, in which role, and how they prove who they are")
    add = group.command("add", _add, "add a user; the first one is an ADMIN", details=_NEW)
    add.add_argument("name", metavar="NAME")
    add.add_argument("--role", required=True, **_ROLE)
    add.add_argument("--phone", metavar="P")
    add.add_argument("--email", metavar="E", default="")
    add.add_argument("--discount", metavar="15%", help="may be taken off alone; as the role without it")
    listed = group.command("list", _list, "list the users")
    listed.add_argument("--all", action="store_true", help="also those who are disabled")
    edit = group.command("edit", _edit, "change a user's name, phone, e-mail or discount")
    pin = group.command("pin", _pin, "a new PIN; it ends a lock-out, too", details=_NEW, own=_pin)
    password = group.command("password", _password, "a password beside the PIN", details=_NEW, own=_password)
    role = group.command("role", _role, "give a user another role")
    off = group.command("disable", _disable, "let a user in no more; their records stay")
    on = group.command("enable", _enable, "let a user in again")
    badge = group.command("badge", _badge, "make a new badge; its code is told this once")
    mine = group.command("customer", _customer, "the user's own customer, found or made", own=own.customer_of)
    for command in (edit, pin, password, role, off, on, badge, mine):
        command.add_argument("name", metavar="NAME")
    for command in (add, pin, password):
        command.add_argument("--new-pin-stdin", action="store_true", help="read it from standard input")
    role.add_argument("role", **_ROLE)
    badge.add_argument("--end", action="store_true", help="the badge is lost: it opens nothing any more")
    edit.add_argument("--name", metavar="NEW-NAME", dest="new_name")
    edit.add_argument("--phone", metavar="P", help="'' takes it away")
    edit.add_argument("--email", metavar="E", help="'' takes it away")
    edit.add_argument("--discount", metavar="15%", help="'' for what the role may")
    group.command(
        "reset-admin",
        _reset_admin,
        "a way back in, for who holds the shop's data",
        details="Gives an ADMIN a new PIN and prints it. Whoever may write the shop's file, or whom the "
        "PostgreSQL server lets in, holds the data anyway; the journal tells who it was.",
        is_free=True,
    )


# -- who there is ------------------------------------------------------------------------------------------
def _list(ctx: Context) -> None:
    found = ctx.shop.users.all(ctx.actor, with_disabled=ctx.args.all)
    rows = table(user_rows(ctx, found))
    ctx.out.result([user_document(one) for one in found], rows or "No users: nobody has to sign in.")


def _add(ctx: Context) -> None:
    args, actor = ctx.args, ctx.actor
    command = SaveUser(
        name=args.name,
        role=Role(args.role),
        phone=ctx.phone(args.phone) if args.phone else None,
        email=args.email,
        discount_limit=_limit(args.discount),
    )
    is_first = actor.permissions is None
    added = ctx.shop.users.save(actor, replace(command, pin=new_secret(args, "PIN")))
    _answer(ctx, added, f"added {added.name}")
    if is_first:
        ctx.out.note("From now on everybody signs in: each command needs --user and a PIN.")


def _edit(ctx: Context) -> None:
    args = ctx.args
    if all(one is None for one in (args.new_name, args.phone, args.email, args.discount)):
        raise UsageError("", "name what to change: --name, --phone, --email or --discount")
    user = _named(ctx)
    command = _as_it_is(user)
    if args.new_name is not None:
        command = replace(command, name=args.new_name)
    if args.phone is not None:
        command = replace(command, phone=ctx.phone(args.phone) if args.phone.strip() else None)
    if args.email is not None:
        command = replace(command, email=args.email)
    if args.discount is not None:
        command = replace(command, discount_limit=_limit(args.discount))
    _answer(ctx, ctx.shop.users.save(ctx.actor, command), "changed")


def _role(ctx: Context) -> None:
    command = replace(_as_it_is(_named(ctx)), role=Role(ctx.args.role))
    _answer(ctx, ctx.shop.users.save(ctx.actor, command), "changed")


def _disable(ctx: Context) -> None:
    _answer(ctx, ctx.shop.users.disable(ctx.actor, _named(ctx).id), "disabled")


def _enable(ctx: Context) -> None:
    _answer(ctx, ctx.shop.users.disable(ctx.actor, _named(ctx).id, disabled=False), "enabled")


def _as_it_is(user: User) -> SaveUser:
    return SaveUser(
        id=user.id,
        name=user.name,
        role=user.role,
        phone=user.phone,
        email=user.email,
        discount_limit=user.discount_limit,
        seen_version=user.stamps.version,
    )


def _limit(text: str | None) -> int | None:
    typed = (text or "").strip().removesuffix("%")
    return parse_percent(typed, field="discount") if typed else None


# -- what proves who they are ------------------------------------------------------------------------------
def _pin(ctx: Context) -> None:
    user = _named(ctx)
    ctx.shop.users.set_pin(ctx.actor, user.id, _required(ctx, "PIN"))
    ctx.out.result({"name": user.name, "has_pin": True}, f"{user.name} has a new PIN")


def _password(ctx: Context) -> None:
    user = _named(ctx)
    ctx.shop.users.set_password(ctx.actor, user.id, _required(ctx, "password"))
    ctx.out.result({"name": user.name, "has_password": True}, f"{user.name} has a new password")


def _required(ctx: Context, what: str) -> str:
    found = new_secret(ctx.args, what)
    if not found:
        raise DomainError(
            "pin_missing",
            f"Type the new {what} at a terminal, or give it in {NEW_PIN} or with --new-pin-stdin.",
            field="pin",
        )
    return found


def _badge(ctx: Context) -> None:
    user = _named(ctx)
    if ctx.args.end:
        ctx.shop.users.end_badge(ctx.actor, user.id)
        ctx.out.result({"name": user.name, "badge": None}, f"The badge of {user.name} opens nothing any more")
        return
    code = ctx.shop.users.new_badge(ctx.actor, user.id)
    ctx.out.result({"name": user.name, "badge": code}, code)
    ctx.out.note(f"The badge of {user.name}: print this code as a bar code. It is kept nowhere.")


def _reset_admin(ctx: Context) -> None:
    business = ctx.shop.chosen_business(ctx.business_name)
    user, pin = ctx.shop.users.reset_admin(ctx.till, business.id, _os_user())
    ctx.out.result({"name": user.name, "pin": pin}, facts([("User", user.name), ("New PIN", pin)]))
    ctx.out.note("The PIN is told this once. Sign in and choose your own: posapp user pin NAME.")


def _os_user() -> str:
    """How this computer calls whoever gives the command."""
    try:
        return getuser()
    except (KeyError, OSError):  # an account that the system does not list
        return "?"


# -- the user's own customer -------------------------------------------------------------------------------
def _customer(ctx: Context) -> None:
    tell_found(ctx, ctx.shop.users.customer_of(ctx.actor, _named(ctx).id))


# -- small parts -------------------------------------------------------------------------------------------
def _named(ctx: Context) -> User:
    """The user of that name; everybody may name themselves."""
    name = ctx.args.name
    return own.oneself(ctx, name) or ctx.shop.users.named(ctx.actor, name)


def _answer(ctx: Context, user: User, said: str) -> None:
    ctx.out.result(user_document(user), [said, *table(user_rows(ctx, [user]))])
