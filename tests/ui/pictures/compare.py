"""Tells every pixel in which two folders of pictures differ.

`python tests/ui/pictures/compare.py OLD NEW [--into FOLDER]`

Names each picture that only one folder has or whose pixels differ: how many, and in which rectangle. For each
that differs, FOLDER (OLD-NEW beside NEW) gets old, new and the difference side by side: what differs is red
on a pale copy. Ends with 1 if there is a difference, so that it can stand in a script.
"""

import argparse
from pathlib import Path

from PIL import Image, ImageChops


def compare(old: Path, new: Path, into: Path) -> list[str]:
    """A sentence for each picture that differs."""
    names = sorted({str(file.relative_to(folder)) for folder in (old, new) for file in folder.rglob("*.png")})
    return [words for name in names if (words := _differs(old / name, new / name, into / name, name))]


def _differs(old: Path, new: Path, into: Path, name: str) -> str:
    if not old.exists() or not new.exists():
        return f"{name}: only in {(old if old.exists() else new).parents[name.count('/')]}"
    if old.read_bytes() == new.read_bytes():
        return ""
    before, after = (Image.open(file).convert("RGB") for file in (old, new))
    if before.size != after.size:
        return f"{name}: {before.size} is now {after.size}"
    mask = _mask(before, after)
    box = mask.getbbox()
    if box is None:
        return ""
    into.parent.mkdir(parents=True, exist_ok=True)
    _beside(before, after, mask).save(into)
    return f"{name}: {mask.histogram()[255]} pixels, {box[0]},{box[1]} to {box[2]},{box[3]}"


def _mask(before: Image.Image, after: Image.Image) -> Image.Image:
    """White where any channel differs at all."""
    red, green, blue = (
        band.point(lambda value: 255 if value else 0) for band in ImageChops.difference(before, after).split()
    )
    return ImageChops.lighter(ImageChops.lighter(red, green), blue)


def _beside(before: Image.Image, after: Image.Image, mask: Image.Image) -> Image.Image:
    pale = Image.blend(after, Image.new("RGB", after.size, "white"), 0.7)
    pale.paste(Image.new("RGB", after.size, "red"), mask=mask)
    wide = Image.new("RGB", (before.width * 3 + 20, before.height), "black")
    for at, picture in enumerate((before, after, pale)):
        wide.paste(picture, (at * (before.width + 10), 0))
    return wide


def main() -> int:
    """Compare and say so."""
    parser = argparse.ArgumentParser(description="Tell every pixel in which two folders of pictures differ.")
    parser.add_argument("old", type=Path)
    parser.add_argument("new", type=Path)
    parser.add_argument("--into", type=Path, help="where the pictures of the differences go")
    args = parser.parse_args()
    into = args.into or args.new.parent / f"{args.old.name}-{args.new.name}"
    found = compare(args.old, args.new, into)
    for words in found:
        print(words)
    count = len(list(args.new.rglob("*.png")))
    print(f"{len(found)} of {count} pictures differ" + (f"; see {into}" if found else ""))
    return bool(found)


if __name__ == "__main__":
    raise SystemExit(main())
