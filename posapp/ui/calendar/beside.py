"""Room for what is not saved yet: the draft of the form stands beside the bookings, never over them."""

from dataclasses import dataclass, replace

from posapp.ui.calendar.arrangement import STEP, Block, Column


@dataclass(frozen=True, slots=True)
class Lane:
    """Which of how many lanes."""

    lane: int = 0
    lanes: int = 1


def beside(column: Column, starts: int, ends: int) -> tuple[Column, Lane]:
    """The column with room for a time, and the lane it has there."""
    ends = max(ends, starts + STEP)
    pushed = _pushed(column.blocks, starts, ends)
    if not pushed:
        return column, Lane()
    count = max(one.lanes for one in pushed)
    met = {id(one) for one in pushed if _meets(one, starts, ends)}
    taken = {one.lane for one in pushed if id(one) in met}
    lane = next((place for place in range(count) if place not in taken), count)
    count = max(count, lane + 1)
    moved = {id(one): _in_lanes(one, count, lane if id(one) in met else count) for one in pushed}
    blocks = tuple(moved.get(id(one), one) for one in column.blocks)
    return replace(column, blocks=blocks), Lane(lane, count)


def _pushed(blocks: tuple[Block, ...], starts: int, ends: int) -> list[Block]:
    """What stands side by side with the time, or with what does."""
    found: dict[int, Block] = {}
    while True:
        more = [one for one in blocks if id(one) not in found and _meets(one, starts, ends)]
        if not more:
            return list(found.values())
        found.update((id(one), one) for one in more)
        starts, ends = min(starts, *(one.starts for one in more)), max(ends, *map(_end, more))


def _meets(block: Block, starts: int, ends: int) -> bool:
    return block.starts < ends and starts < _end(block)


def _end(block: Block) -> int:
    return max(block.ends, block.starts + STEP)


def _in_lanes(block: Block, count: int, until: int) -> Block:
    """A block in its lane of so many; where it reached the edge it still does, unless something is there."""
    reaches = block.lane + block.width == block.lanes
    right = count if reaches else block.lane + block.width
    if block.lane < until:
        right = min(right, until)
    return replace(block, lanes=count, width=max(right - block.lane, 1))
