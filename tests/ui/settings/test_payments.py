"""How the shop is paid by QR code: what is typed is checked, and the code is shown as it would be."""

import zxingcpp
from PIL import Image

IBAN = "IE29AIBK93115212345678"


def seen(form):
    """What a phone reads on the screen."""
    image = (
        form.picture.pixmap()
        .toImage()
        .convertToFormat(form.picture.pixmap().toImage().Format.Format_Grayscale8)
    )
    picture = Image.frombytes("L", (image.bytesPerLine(), image.height()), bytes(image.constBits()))
    return [one.text for one in zxingcpp.read_barcodes(picture)]


def test_an_iban_is_saved_and_makes_a_code_that_a_phone_reads(manager):
    section = manager.open("payments")
    assert section.form.picture.isHidden()
    assert "EUR" in section.form.words.text()
    manager.tab_to("IBAN")
    manager.type("ie29 aibk 9311 5212 3456 78")
    manager.press("Tab")
    manager.settle()
    assert manager.business.payment_iban == IBAN
    assert manager.toasts == ["IBAN saved"]
    [text] = seen(section.form)
    assert text.split("\n")[5:8] == ["Harbour Lane Repairs", IBAN, "EUR1.00"]
    assert section.form.words.text().startswith("SEPA transfer")


def test_an_iban_with_a_wrong_digit_is_explained_and_not_saved(manager):
    section = manager.open("payments")
    manager.tab_to("IBAN")
    manager.type("IE29AIBK93115212345679")
    manager.press("Tab")
    assert section.form.iban.message() == "This is no IBAN. Compare it with your bank's papers."
    assert manager.business.payment_iban == ""
