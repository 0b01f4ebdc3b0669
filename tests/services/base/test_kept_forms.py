"""What a file of drafts says is read again as it was written; what is damaged is passed over."""

from datetime import UTC, datetime

from posapp.services.base.kept_forms import Draft, read, written

AT = datetime(2026, 3, 12, 9, 30, tzinfo=UTC)


def test_what_was_written_is_read_again_in_its_order() -> None:
    forms = [
        Draft("7 PL40 2026", {"note": "Late"}, AT, is_on_its_way=True),
        Draft("", {"name": "Aoife"}, None),
    ]
    assert list(read(written(forms))) == forms
    assert [one.whose for one in forms] == ["PL40", ""]


def test_a_file_of_a_version_that_kept_one_form_is_one_draft() -> None:
    found = {"customer": "7 PL40 2026", "note": "Late", "is_on_its_way": True}
    assert list(read(found)) == [Draft("7 PL40 2026", found, None, is_on_its_way=True)]
    assert list(read(None)) == []


def test_what_is_no_draft_is_passed_over() -> None:
    damaged = {"forms": {"a": [], "b": {"name": "Ben"}}, "at": {"b": "yesterday"}, "on_its_way": "b"}
    assert list(read(damaged)) == [Draft("b", {"name": "Ben"}, None)]
    assert list(read({"forms": []})) == []
