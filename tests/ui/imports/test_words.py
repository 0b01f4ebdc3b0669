"""What the assistant calls reasons."""

from posapp.domain.old_data.reasons import REASONS
from posapp.ui.imports.words import reason_word


def test_each_reason_has_a_word() -> None:
    assert [code for code in REASONS if not reason_word(code)] == []
