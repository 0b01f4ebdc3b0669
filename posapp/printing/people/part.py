"""The papers of people who sign in."""

from posapp.domain.people.papers import Badge
from posapp.printing.base.part import Papers
from posapp.printing.people.badge import put_badge

PAPERS: Papers = {Badge: lambda sheet, badge, additions: put_badge(sheet, badge, additions.secret)}
