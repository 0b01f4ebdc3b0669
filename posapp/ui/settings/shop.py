"""The shop: name and contact, country and money, what stands on the papers."""

from datetime import date, time
from pathlib import Path
from zoneinfo import ZoneInfo

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QLayout, QSizePolicy, QWidget

from posapp.domain.base.countries import countries, currencies, languages, time_zones
from posapp.domain.base.emails import check_email
from posapp.domain.base.errors import PosappError
from posapp.domain.base.names import check_name
from posapp.domain.shop.businesses import TEXT_LIMITS
from posapp.ui.fields import NoteField, TextField
from posapp.ui.file_dialogs import FileDialog
from posapp.ui.layout import STRETCH, columns, rows, top, wide
from posapp.ui.presenter import sentence_of
from posapp.ui.settings.fields import ClockField, MinorField, SearchableField
from posapp.ui.settings.presenter import SettingsPresenter
from posapp.ui.settings.saving_form import SavingForm
from posapp.ui.settings.section import group, in_a_row
from posapp.ui.theme import set_look, theme
from posapp.ui.widgets.buttons import button
from posapp.ui.widgets.labels import label, remark
from posapp.ui.widgets.paint import box, draw_text
from posapp.ui.wording import Wording

SAMPLE_MINOR = 125000
_PAPER = QColor("#FFFFFF")


class LogoView(QWidget):
    """A frame with the picture, or the words "No logo"."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture = QPixmap()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_picture(None)

    def show_picture(self, png: bytes | None) -> None:
        """Show this picture, None for none."""
        self._picture = QPixmap()
        if png is not None:
            self._picture.loadFromData(png)
        self.setAccessibleName(self.tr("No logo") if self._picture.isNull() else self.tr("Logo"))
        self.update()

    def sizeHint(self) -> QSize:
        """Wide rather than high, like most logos."""
        return QSize(theme().px(200), theme().px(88))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The frame, and the picture as large as fits."""
        look, tokens = theme(), theme().tokens
        painter = QPainter(self)
        is_empty = self._picture.isNull()
        box(painter, QRectF(self.rect()), look.px(8), tokens.sunken if is_empty else _PAPER, tokens.border)
        if is_empty:
            font = look.font("small")
            words = self.tr("No logo")
            width = look.metrics("small").horizontalAdvance(words)
            draw_text(painter, (self.width() - width) / 2, self.height() / 2, words, font, tokens.text2)
        else:
            room = self.size() - QSize(look.px(16), look.px(16))
            ratio = self.devicePixelRatioF()
            drawn = self._picture.scaled(
                room * ratio, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            )
            drawn.setDevicePixelRatio(ratio)
            size = drawn.deviceIndependentSize()
            at = ((self.width() - size.width()) / 2, (self.height() - size.height()) / 2)
            painter.drawPixmap(int(at[0]), int(at[1]), drawn)
        painter.end()


class ShopForm(SavingForm):
    """Everything the shop says about itself."""

    def __init__(self, presenter: SettingsPresenter) -> None:
        super().__init__(presenter.of_shop)
        self._presenter = presenter
        contact, country = self._make_contact(), self._make_country()
        self.terms = self.keep(
            NoteField("terms", self.tr("Terms"), lines=4, limit=TEXT_LIMITS["terms"]),
            self.tr("Terms saved"),
            self.tr("Printed at the foot of slips. Papers already given out keep theirs."),
        )
        self.logo = LogoView()
        self.setLayout(
            rows(
                contact,
                country,
                group(self.tr("On the papers"), [(self._logo_block(),), (self.terms,)]),
                gap=24,
            )
        )

    def show_stored(self) -> None:
        """The picture, too."""
        super().show_stored()
        self.logo.show_picture(self._presenter.known.logo)

    # -- fields ----------------------------------------------------------------------------------------
    def _make_contact(self) -> QLayout:
        keep, tr = self.keep, self.tr
        self.name = keep(TextField("name", tr("Shop name"), read=check_name), tr("Shop name saved"))
        tax_id = keep(
            TextField("tax_id", tr("Tax number"), limit=TEXT_LIMITS["tax_id"]), tr("Tax number saved")
        )
        phone = TextField("phone", tr("Phone"), icon="phone", limit=TEXT_LIMITS["phone"])
        keep(phone, tr("Phone saved"))
        email = TextField("email", tr("E-mail"), icon="mail", read=check_email)
        self.email = keep(email, tr("E-mail saved"))
        address = keep(
            NoteField("address", tr("Address"), lines=3, limit=TEXT_LIMITS["address"]), tr("Address saved")
        )
        website = keep(TextField("website", tr("Website"), limit=TEXT_LIMITS["website"]), tr("Website saved"))
        fields = [(self.name, tax_id), (phone, email), (address, website)]
        return group(tr("Name and contact"), fields, tr("Stands at the head of every paper."))

    def _make_country(self) -> QLayout:
        tr, zones = self.tr, [(zone, zone.replace("_", " ")) for zone in time_zones()]
        self.region = self.keep(
            SearchableField("region", tr("Country"), countries()),
            tr("Country saved"),
            tr("Phone numbers typed without a country code are read as numbers from here."),
        )
        self.currency = self.keep(
            SearchableField("currency", tr("Currency"), currencies()),
            tr("Currency saved"),
            tr("It stays once there is a price, an estimate or a payment: nothing is converted."),
        )
        self.locale_ = self.keep(
            SearchableField("locale", tr("Language and formats"), languages()),
            tr("Language and formats saved"),
            self._about_locale,
        )
        self.time_zone = self.keep(
            SearchableField("time_zone", tr("Time zone"), zones), tr("Time zone saved"), self._about_zone
        )
        begins = tr("Business day begins at")
        self.cutover = self.keep(
            ClockField("cutover_minutes", begins, wording=self._presenter.wording),
            tr("Begin of the day saved"),
            tr("Work after midnight and before this hour counts for the day before."),
        )
        limit = self.keep(
            MinorField(
                "account_limit_minor",
                tr("Customers may owe"),
                self._presenter.wording,
                empty=0,
                hides_zero=True,
            ),
            tr("Limit saved"),
            tr("How much anybody may buy on account. A customer can have another limit."),
        )
        fields = [(self.region, self.currency), (self.locale_, self.time_zone), (self.cutover, limit)]
        return group(tr("Country and money"), fields)

    def _logo_block(self) -> QLayout:
        choose = button(self.tr("Choose picture"), size="s", icon="upload", run=self._choose_logo)
        remove = button(self.tr("Remove"), kind="quiet", size="s", run=self._remove_logo)
        self.logo_words = remark(self.tr("A PNG of at most 512 KiB. Black on white prints best."))
        words = rows(in_a_row(choose, remove), self.logo_words, STRETCH, gap=8)
        picture = columns(top(self.logo), wide(words), gap=16)
        return rows(label(self.tr("Logo"), "small", tone="text2", weight=500), picture, gap=4)

    # -- what it means ---------------------------------------------------------------------------------
    def _about_locale(self) -> str:
        words = self._wording()
        shown = (words.day(date(2026, 3, 12)), words.time(time(15, 30)), words.price(SAMPLE_MINOR))
        return " · ".join(shown)

    def _about_zone(self) -> str:
        now = self._presenter.session.shop.store.clock.now().astimezone(ZoneInfo(self._typed(self.time_zone)))
        words = self.tr("It is {time} there now. Bookings made so far keep their clock time.")
        return words.format(time=self._wording().time(now.time()))

    def _typed(self, field: SearchableField) -> str:
        try:
            return str(field.value())
        except PosappError:
            return str(getattr(self._presenter.business, field.name))

    def _wording(self) -> Wording:
        return Wording(
            locale=self._typed(self.locale_),
            region=self._typed(self.region),
            currency=self._typed(self.currency),
            zone=self._presenter.business.time_zone,
        )

    # -- logo ------------------------------------------------------------------------------------------
    def _choose_logo(self) -> None:
        name, _ = FileDialog.getOpenFileName(
            self.window(), self.tr("Choose a logo"), "", self.tr("Pictures (*.png)")
        )
        if name:
            self.take_logo(Path(name))

    def take_logo(self, file: Path) -> None:
        """Put the picture of a file on the papers."""
        try:
            png = file.read_bytes()
        except OSError:
            self._logo_refused(self.tr("This file cannot be read."))
            return
        self._presenter.set_logo(png, self.tr("Logo saved"), self._logo_failed)

    def _remove_logo(self) -> None:
        if self._presenter.known.logo is not None:
            self._presenter.set_logo(None, self.tr("Logo removed"), self._logo_failed)

    def _logo_failed(self, error: Exception) -> None:
        self._logo_refused(sentence_of(error, self.tr("This could not be saved.")))

    def _logo_refused(self, sentence: str) -> None:
        self.logo_words.setText(sentence)
        set_look(self.logo_words, tone="danger")
