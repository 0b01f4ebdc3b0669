from collections import Counter

import pytest

from posapp.domain.base.actor import Permission
from posapp.domain.people.roles import FIXED, choices
from posapp.domain.people.users import Role
from posapp.ui.settings.role_words import (
    permission_groups,
    permission_word,
    role_sentence,
    role_word,
    why_fixed,
)


def test_every_permission_has_words_of_its_own_and_stands_once():
    lines = [one for _part, lines in permission_groups() for one in lines]
    assert Counter(permission for permission, _words in lines) == Counter(Permission)
    assert len({words for _permission, words in lines}) == len(Permission)
    assert all(permission_word(one) for one in Permission)


@pytest.mark.parametrize("role", list(Role))
def test_what_is_fixed_has_a_reason_and_nothing_else_has(role):
    assert role_word(role)
    assert role_sentence(role)
    assert {one for one in Permission if not why_fixed(role, one)} == choices(role)
    assert bool(why_fixed(role, None)) == (role in FIXED)
