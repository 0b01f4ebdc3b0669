"""`posapp role …`: what each role may do in this shop."""

from posapp.cli.context import Context
from posapp.cli.output import table
from posapp.cli.parser import Group, Parser
from posapp.cli.people.user_text import role_document, role_row
from posapp.domain.base.actor import Permission
from posapp.domain.catalogue.taxes import parse_percent
from posapp.domain.people.roles import RoleRights
from posapp.domain.people.users import Role

_ROLES = [one.value for one in Role]


def add_to(root: Group) -> None:
    """Add `role` and what is below it."""
    group = root.group("role", "roles: what each may do in this shop, changed by an ADMIN")
    group.command("list", _list, "list what each role may do")
    grant = group.command("grant", _grant, "let a role do something")
    refuse = group.command("refuse", _refuse, "let a role do something no more")
    for command in (grant, refuse):
        _add_role(command)
        command.add_argument(
            "permission",
            metavar="PERMISSION",
            type=str.lower,
            choices=[one.value for one in Permission],
            help="such as refund; posapp role list names them",
        )
    discount = group.command("discount", _discount, "how much a role takes off a price alone")
    _add_role(discount)
    discount.add_argument("percent", metavar="15%")


def _add_role(parser: Parser) -> None:
    parser.add_argument("role", metavar="ROLE", type=str.lower, choices=_ROLES, help=", ".join(_ROLES))


def _list(ctx: Context) -> None:
    found = ctx.shop.roles.all(ctx.actor)
    ctx.out.result([role_document(one) for one in found], table(role_row(one) for one in found))


def _grant(ctx: Context) -> None:
    _set(ctx, is_granted=True)


def _refuse(ctx: Context) -> None:
    _set(ctx, is_granted=False)


def _set(ctx: Context, *, is_granted: bool) -> None:
    role, permission = Role(ctx.args.role), Permission(ctx.args.permission)
    _answer(ctx, ctx.shop.roles.set(ctx.actor, role, permission, is_granted=is_granted))


def _discount(ctx: Context) -> None:
    limit = parse_percent(ctx.args.percent.strip().removesuffix("%"), field="discount")
    _answer(ctx, ctx.shop.roles.set_discount(ctx.actor, Role(ctx.args.role), limit))


def _answer(ctx: Context, rights: RoleRights) -> None:
    ctx.out.result(role_document(rights), table([role_row(rights)]))
