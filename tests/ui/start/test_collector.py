import gc
from collections.abc import Iterator

import pytest

from posapp.ui.start import collector


@pytest.fixture(autouse=True)
def as_it_was() -> Iterator[None]:
    yield
    gc.enable()
    gc.unfreeze()


def test_what_stands_when_collection_resumes_is_left_out() -> None:
    collector.rest()
    assert not gc.isenabled()
    collector.resume()
    assert gc.isenabled()
    assert gc.get_freeze_count() > 0


def test_a_collector_that_never_rested_is_left_alone() -> None:
    before = gc.get_freeze_count()
    collector.resume()
    assert gc.get_freeze_count() == before
