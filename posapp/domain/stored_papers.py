"""All papers there are, and the way back from their stored form (`papers.documents.to_json`)."""

import json
from typing import Any, ClassVar, Final, get_args, get_origin, get_type_hints

from posapp.domain.base.errors import DomainError
from posapp.domain.bookings import papers as bookings
from posapp.domain.catalogue import papers as catalogue
from posapp.domain.customers import papers as customers
from posapp.domain.figures import papers as figures
from posapp.domain.papers.documents import LAYOUT_VERSION, Document, ShopHeader
from posapp.domain.people import papers as people
from posapp.domain.repairs import papers as repairs
from posapp.domain.selling import papers as selling

PARTS: Final = (customers, people, bookings, catalogue, repairs, selling, figures)
"""The parts that have papers."""
KINDS: Final[dict[str, type[Document]]] = {one.KIND: one for part in PARTS for one in part.PAPERS}
_known: Final[dict[type, dict[str, Any]]] = {}


def from_json(text: str) -> Document:
    """The document a stored form stands for.

    Raises:
        DomainError: `document_newer` if a newer program wrote it, `document_damaged` if it is not a
            document, or a field is missing, unknown or of the wrong type.
    """
    try:
        body = json.loads(text)
    except ValueError as reason:
        raise _damaged(str(reason)) from reason
    if not isinstance(body, dict):
        raise _damaged("not an object")
    kind, layout = body.pop("kind", None), body.pop("layout", None)
    if isinstance(layout, int) and layout > LAYOUT_VERSION:
        raise DomainError(
            "document_newer",
            "This paper was made by a newer version of posapp; update this till to print it.",
            layout=layout,
        )
    made = KINDS.get(str(kind))
    if made is None or type(layout) is not int or layout < 1:
        raise _damaged(f"kind {kind!r}, layout {layout!r}")
    for version in range(layout + 1, LAYOUT_VERSION + 1):
        body |= made.ADDED.get(version, {})
    body["shop"] = ShopHeader(**_checked(ShopHeader, body.get("shop")))
    for name, value in body.items():
        if isinstance(value, list):
            line = _line_of(made, name)
            if line is None:
                raise _damaged(f"{made.__name__}.{name}")
            body[name] = tuple(line(**_checked(line, one)) for one in value)
    return made(**_checked(made, body))


def _line_of(made: type[Document], name: str) -> type[Any] | None:
    """What the lines of a field are made of; None if it has none."""
    return next((one for one in get_args(_types(made).get(name)) if one is not ...), None)


def _types(made: type) -> dict[str, Any]:
    """The fields of a class with their types, worked out once: `verify` reads every paper there is."""
    if made not in _known:
        hints = get_type_hints(made).items()
        _known[made] = {name: kind for name, kind in hints if get_origin(kind) is not ClassVar}
    return _known[made]


def _checked(made: type[Any], body: object) -> dict[str, Any]:
    """The fields for a class, none missing, none unknown, each of its own type (a bool is not an int)."""
    types = _types(made)
    if not isinstance(body, dict) or body.keys() != types.keys():
        raise _damaged(f"fields of {made.__name__}")
    for name, wanted in types.items():
        plain = tuple if get_origin(wanted) is tuple else wanted
        if plain is tuple and _are_texts(body[name]):
            body[name] = tuple(body[name])
        if not isinstance(body[name], plain) or (isinstance(body[name], bool) and plain is not bool):
            raise _damaged(f"{made.__name__}.{name}")
    return body


def _are_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _damaged(reason: str) -> DomainError:
    return DomainError(
        "document_damaged",
        "The stored paper cannot be read; run posapp verify to see what else is damaged.",
        reason=reason,
    )
