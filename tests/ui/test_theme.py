import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from posapp.ui.theme import Theme, palette_of, style_sheet, theme
from posapp.ui.tokens import Tokens, load_tokens

TONES = ("success", "warning", "danger", "info", "violet", "neutral")
TEXT = [
    ("text", "surface"),
    ("text2", "surface"),
    ("text3", "surface"),
    ("text3", "bg"),
    ("text3", "selection"),
    ("text3", "neutral_soft"),
    ("primary", "surface"),
    ("primary", "selection"),
    ("primary", "primary_soft"),
    ("on_fill", "fill"),
    ("on_fill", "hover"),
    ("on_fill", "pressed"),
    ("on_fill", "success_fill"),
    ("rail_text", "rail"),
    ("rail_hint", "rail"),
    ("rail_hint", "rail_sel"),
    ("rail_on", "rail_sel"),
    *[(tone, f"{tone}_soft") for tone in TONES],
    *[(tone, "selection") for tone in TONES],
    *[(tone, "surface") for tone in TONES],
]
OUTLINES = [("control", "surface"), ("control", "bg"), ("primary", "surface"), ("primary", "bg")]


def luminance(colour: QColor) -> float:
    parts = [colour.redF(), colour.greenF(), colour.blueF()]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(tokens: Tokens, one: str, other: str) -> float:
    """WCAG 2 contrast of two tokens."""
    low, high = sorted((luminance(tokens.colour(one)), luminance(tokens.colour(other))))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), TEXT)
def test_text_is_readable_on_its_ground(name: str, ink: str, ground: str) -> None:
    assert contrast(load_tokens(name), ink, ground) >= 4.5


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize(("line", "ground"), OUTLINES)
def test_outlines_of_controls_can_be_seen(name: str, line: str, ground: str) -> None:
    assert contrast(load_tokens(name), line, ground) >= 3.0


def test_the_formula_gives_the_figures_of_the_design() -> None:
    light, dark = load_tokens("light"), load_tokens("dark")
    assert round(contrast(light, "text", "surface"), 1) == 17.3
    assert round(contrast(dark, "text3", "selection"), 1) == 4.8
    assert round(contrast(light, "control", "bg"), 1) == 3.3


def test_an_unknown_token_is_refused() -> None:
    with pytest.raises(KeyError):
        load_tokens("light").colour("pink")


@pytest.mark.parametrize("name", ["light", "dark"])
def test_every_role_of_the_palette_is_ours(name: str, look: Theme) -> None:
    palette = palette_of(load_tokens(name))
    ours = {colour.lower() for colour in load_tokens(name).named().values()} | {"#000000"}
    for role in QPalette.ColorRole:
        if role not in (QPalette.ColorRole.NoRole, QPalette.ColorRole.NColorRoles):
            for group in (QPalette.ColorGroup.Active, QPalette.ColorGroup.Disabled):
                assert palette.color(group, role).name() in ours, (role, group)


def test_the_style_sheet_names_only_known_tokens_and_scales_lengths() -> None:
    sheet = style_sheet(load_tokens("light"), 150)
    assert "@" not in sheet
    assert "font-size: 21px" in sheet  # 14 of the design


def test_a_changed_theme_reaches_palette_fonts_and_style(qapp: QApplication, look: Theme) -> None:
    heard: list[bool] = []
    look.changed.connect(lambda: heard.append(look.is_dark))
    look.change(choice="dark", scale=115)
    assert heard == [True]
    assert theme() is look
    assert qapp.palette().color(QPalette.ColorRole.Window) == load_tokens("dark").bg
    assert look.font("body").pixelSize() == 16
    assert load_tokens("dark").fill.name() in qapp.styleSheet()


def test_figures_are_tabular_and_names_fall_back_to_noto(look: Theme) -> None:
    font = look.font("name")
    assert font.families()[:2] == ["Inter", "Noto Sans"]
    assert [font.featureValue(tag) for tag in font.featureTags()] == [1]
    narrow, wide = (look.metrics("name").horizontalAdvance(text) for text in ("1111", "8888"))
    assert narrow == wide


def test_fingers_get_larger_rows_and_tools(look: Theme) -> None:
    look.change(touch=True)
    assert look.row_height(40) == 48
    assert look.row_height(60) == 60
    assert look.tool_height() == 44
