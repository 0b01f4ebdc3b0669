"""Pictures are told apart to the single pixel."""

from pathlib import Path

import pytest
from PIL import Image

from tests.ui.pictures.compare import compare


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    """Two folders with the same picture."""
    for name in ("old", "new"):
        (tmp_path / name / "light").mkdir(parents=True)
        Image.new("RGB", (40, 30), "white").save(tmp_path / name / "light" / "desk.png")
    return tmp_path / "old", tmp_path / "new"


def test_equal_pictures_are_no_difference(folders: tuple[Path, Path], tmp_path: Path) -> None:
    assert compare(*folders, tmp_path / "into") == []
    assert not (tmp_path / "into").exists()


def test_one_pixel_by_one_shade_is_told_and_shown(folders: tuple[Path, Path], tmp_path: Path) -> None:
    file = folders[1] / "light" / "desk.png"
    picture = Image.open(file)
    picture.putpixel((7, 9), (255, 255, 254))
    picture.save(file)
    assert compare(*folders, tmp_path / "into") == ["light/desk.png: 1 pixels, 7,9 to 8,10"]
    shown = Image.open(tmp_path / "into" / "light" / "desk.png")
    assert shown.getpixel((2 * 50 + 7, 9)) == (255, 0, 0)


def test_a_picture_that_only_one_has_or_of_another_size_is_told(
    folders: tuple[Path, Path], tmp_path: Path
) -> None:
    Image.new("RGB", (40, 30)).save(folders[0] / "gone.png")
    Image.new("RGB", (40, 31)).save(folders[1] / "light" / "desk.png")
    assert compare(*folders, tmp_path / "into") == [
        f"gone.png: only in {folders[0]}",
        "light/desk.png: (40, 30) is now (40, 31)",
    ]
