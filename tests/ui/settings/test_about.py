from posapp.services.care.doctor import Finding
from posapp.ui.settings.about import diagnostics_text


def test_diagnostics_are_a_text_with_a_part_per_heading():
    text = diagnostics_text(
        [
            Finding("Program", "posapp", "0.1.0"),
            Finding("Database", "Quick check", "damaged", is_trouble=True),
        ]
    )
    assert text == "Program\n  posapp: 0.1.0\n\nDatabase\n  Quick check: damaged  (!)"
