"""`posapp customer duplicates`: who may be one person, and who is not."""

from posapp.cli.context import Context
from posapp.cli.output import table
from posapp.cli.parser import Group
from posapp.domain.old_data.duplicates import LIKELY, STRONG, DuplicatePair, Reason

_WORDS = {
    Reason.SAME_EMAIL: "same e-mail",
    Reason.SAME_NAME: "same name",
    Reason.SIMILAR_NAME: "name almost the same",
    Reason.SWAPPED_NAME: "names swapped",
    Reason.SAME_SURNAME: "same surname",
    Reason.FORMER_NUMBER: "former number",
    Reason.SWAPPED_DIGITS: "two digits swapped",
    Reason.SAME_DEVICE: "same device",
    Reason.SAME_ADDRESS: "same address",
    Reason.NO_PHONE: "no phone",
}


def add_below(customers: Group) -> None:
    """Add the command to the group `customer`."""
    command = customers.command(
        "duplicates",
        _duplicates,
        "look for customers who may be one person",
        details="Compares all customers anew and lists the pairs, the surest first. Nothing is merged; "
        "see posapp customer merge.",
    )
    decide = command.add_mutually_exclusive_group()
    decide.add_argument(
        "--dismiss", nargs=2, metavar=("A", "B"), help="these are two people: suggest them no more"
    )
    decide.add_argument("--take-back", nargs=2, metavar=("A", "B"), help="they may be one after all")
    decide.add_argument("--dismissed", action="store_true", help="list the pairs that were dismissed")
    command.add_argument("--progress", action="store_true", help="a JSON line per step on standard error")


def _duplicates(ctx: Context) -> None:
    desk, args = ctx.shop.duplicates, ctx.args
    if args.dismiss or args.take_back:
        _decide(ctx)
    elif args.dismissed:
        _tell(ctx, desk.dismissed(ctx.actor))
    else:
        desk.look_again(ctx.actor, progress=ctx.teller())
        if not args.progress or ctx.out.as_json:  # a window reads its part of the list by itself
            _tell(ctx, desk.pairs(ctx.actor, None))


def _decide(ctx: Context) -> None:
    args = ctx.args
    a, b = (ctx.shop.customers.resolve(ctx.actor, one).customer for one in args.dismiss or args.take_back)
    said, decide = "are two people", ctx.shop.duplicates.dismiss
    if args.take_back:
        said, decide = "may be one person", ctx.shop.duplicates.take_back
    decide(ctx.actor, a.id, b.id)
    document = {"a": str(a.pl_id), "b": str(b.pl_id), "dismissed": bool(args.dismiss)}
    ctx.out.result(document, f"{a.pl_id} and {b.pl_id} {said}.")


def _tell(ctx: Context, pairs: tuple[DuplicatePair, ...]) -> None:
    lines = table([_row(one) for one in pairs]) if pairs else ["No customers look like one person."]
    ctx.out.result([_document(one) for one in pairs], lines)


def _row(pair: DuplicatePair) -> list[str]:
    sure = "strong" if pair.score >= STRONG else "likely" if pair.score >= LIKELY else "maybe"
    said = ", ".join(_WORDS[reason] for reason in pair.reasons)
    return [f"{pair.score}", sure, str(pair.a.pl_id), str(pair.b.pl_id), pair.a.name, pair.b.name, said]


def _document(pair: DuplicatePair) -> dict[str, object]:
    return {
        "score": pair.score,
        "reason": ", ".join(_WORDS[reason] for reason in pair.reasons),
        "reasons": [str(reason) for reason in pair.reasons],
        "a": str(pair.a.pl_id),
        "b": str(pair.b.pl_id),
    }
