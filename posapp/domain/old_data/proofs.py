"""The proof of a consolidation: what the rows told, and what became of them."""

from dataclasses import dataclass

from posapp.domain.old_data.imports import PastKind


@dataclass(frozen=True, slots=True)
class KindProof:
    """Records of one kind: how many and of what amount the rows told, and how many came to be.

    `differing` are the phones (or customers without one) of which the two are not the same.
    """

    kind: PastKind
    before: int
    after: int
    before_minor: int
    after_minor: int
    differing: int = 0

    @property
    def is_kept(self) -> bool:
        """Whether nothing was lost, made or moved to somebody else."""
        told, found = (self.before, self.before_minor), (self.after, self.after_minor)
        return told == found and not self.differing


@dataclass(frozen=True, slots=True)
class Proof:
    """What a consolidation did, or (a trial) would do, and that it lost nothing.

    `shared_before` are the phones of which the rows told several customers; `shared` those that have several
    now. `pl_twice` are PL IDs that two customers carry; `counter` is the last one given out, `highest` the
    highest that a customer has. `log` is the file with a line for each customer.
    """

    batches: tuple[int, ...] = ()
    created: int = 0
    matched: int = 0
    twice: int = 0
    shared_before: int = 0
    shared: int = 0
    kinds: tuple[KindProof, ...] = ()
    pl_twice: int = 0
    highest: int = 0
    counter: int = 0
    log: str = ""
    is_trial: bool = False

    @property
    def is_kept(self) -> bool:
        """Whether all of it holds."""
        is_counted = not self.pl_twice and self.highest <= self.counter
        return not self.shared and is_counted and all(one.is_kept for one in self.kinds)
