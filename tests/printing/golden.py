"""Where each text of a paper stood when the papers were last looked at."""

import os
from io import BytesIO
from pathlib import Path
from typing import Any

from pypdf import PdfReader

GOLDEN = Path(__file__).parent.parent / "golden"


def text_stands_where_it_stood(pdf: bytes, name: str) -> None:
    """POSAPP_UPDATE_GOLDEN=1 writes the file anew, after the papers have been looked at."""
    found = "\n".join(_places(pdf)) + "\n"
    golden = GOLDEN / f"{name}.txt"
    if os.environ.get("POSAPP_UPDATE_GOLDEN"):
        golden.write_text(found, encoding="utf-8")
    assert found == golden.read_text(encoding="utf-8")


def _places(pdf: bytes) -> list[str]:
    """Page size, then each text with its place and size in points."""
    found: list[str] = []
    for page in PdfReader(BytesIO(pdf)).pages:
        found.append(f"page {float(page.mediabox.width):.1f} x {float(page.mediabox.height):.1f}")

        def visit(text: str, cm: Any, tm: Any, _font: Any, size: Any) -> None:
            if text.strip():
                x, y = cm[0] * tm[4] + cm[4], cm[3] * tm[5] + cm[5]
                found.append(f"{x:6.1f} {y:6.1f} {size * cm[0]:5.1f} {text.strip()}")

        page.extract_text(visitor_text=visit)
    return found
