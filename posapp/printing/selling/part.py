"""The papers of selling."""

from posapp.domain.selling.papers import XReport, ZReport
from posapp.domain.selling.sale_papers import (
    GiftCardPaper,
    Invoice,
    PaymentReceipt,
    SaleReceipt,
    StatementPaper,
)
from posapp.printing.base.part import Papers, roll_or_page
from posapp.printing.selling.gift_card import PageGiftCard, RollGiftCard
from posapp.printing.selling.payment_receipt import PagePayment, RollPayment
from posapp.printing.selling.sale_page import PageInvoice, PageReceipt
from posapp.printing.selling.sale_roll import RollSale
from posapp.printing.selling.shift_report import PageReport, RollReport
from posapp.printing.selling.statement import PageStatement, RollStatement

PAPERS: Papers = {
    XReport: roll_or_page(RollReport, PageReport),
    ZReport: roll_or_page(RollReport, PageReport),
    SaleReceipt: roll_or_page(RollSale, PageReceipt),
    Invoice: roll_or_page(PageInvoice, PageInvoice),
    PaymentReceipt: roll_or_page(RollPayment, PagePayment),
    GiftCardPaper: roll_or_page(RollGiftCard, PageGiftCard),
    StatementPaper: roll_or_page(RollStatement, PageStatement),
}
