"""`posapp search`: the window's search, best answers first."""

from posapp.cli.context import Context
from posapp.cli.output import table
from posapp.cli.parser import Group, count
from posapp.cli.values import shown_phone
from posapp.services.counter.search import LIMIT, Hit


def add_to(root: Group) -> None:
    """Add `search`."""
    command = root.command(
        "search", _search, "find customers and bookings by name, phone, e-mail, PL ID or number"
    )
    command.add_argument("text", metavar="TEXT", nargs="+")
    command.add_argument("--limit", metavar="N", type=count, default=LIMIT, help=f"at most so many ({LIMIT})")


def _search(ctx: Context) -> None:
    found = ctx.shop.search.search(ctx.actor, " ".join(ctx.args.text), limit=ctx.args.limit)
    rows = [[hit.number, _owner(hit), hit.name, shown_phone(ctx, hit.phone), hit.email] for hit in found.hits]
    ctx.out.result([_document(hit) for hit in found.hits], table(rows) if rows else ["Nothing found."])
    if found.has_more:
        ctx.out.note("There are more. Type more, or use --limit.")


def _owner(hit: Hit) -> str:
    return str(hit.pl_id) if hit.kind != "customer" else "former" if hit.is_former else ""


def _document(hit: Hit) -> dict[str, object]:
    return {
        "kind": hit.kind,
        "number": hit.number,
        "pl_id": str(hit.pl_id),
        "name": hit.name,
        "phone": hit.phone.key if hit.phone else None,
        "email": hit.email,
        "is_former": hit.is_former,
        "is_flagged": hit.is_flagged,
        "why": hit.why,
    }
