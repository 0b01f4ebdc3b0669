"""One family of exceptions, each with a sentence that a clerk understands and that says what to do next.

Two kinds leave the core: a `DomainError` is mended by the clerk (another number, another time), an
`EnvironmentFault` by whoever looks after the machine (disk, printer, server). Everything else is a bug.
"""


class PosappError(Exception):
    """What went wrong: a stable `code`, a `sentence` to show, the form `field` it belongs to, and facts."""

    def __init__(self, code: str, sentence: str, *, field: str | None = None, **facts: object) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence
        self.field = field
        self.facts: dict[str, object] = facts

    def __reduce__(self) -> tuple[object, ...]:
        # Exceptions pickle by their args alone, which would lose the sentence on its way between processes.
        return _rebuilt, (type(self), self.code, self.sentence, self.field, self.facts)


def _rebuilt(
    kind: type[PosappError], code: str, sentence: str, field: str | None, facts: dict[str, object]
) -> PosappError:
    error = kind.__new__(kind)
    PosappError.__init__(error, code, sentence, field=field, **facts)
    return error


class DomainError(PosappError):
    """A rule of the shop refuses; what was typed can be mended."""


class EnvironmentFault(PosappError):
    """The machine refuses: database busy, disk full, printer silent. The data is as it was."""
