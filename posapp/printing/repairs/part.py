"""The papers of repairs."""

from posapp.domain.repairs.papers import ClaimTicket, DeviceLabel, EstimatePaper, HandBackPaper, ShelfLabels
from posapp.printing.base.part import Papers, roll_or_page
from posapp.printing.repairs.claim_ticket import PageClaimTicket, RollClaimTicket
from posapp.printing.repairs.device_label import put_labels
from posapp.printing.repairs.estimate import PageEstimate, RollEstimate
from posapp.printing.repairs.hand_back import PageHandBack, RollHandBack
from posapp.printing.repairs.shelf_label import put_shelf_labels

PAPERS: Papers = {
    ClaimTicket: roll_or_page(RollClaimTicket, PageClaimTicket),
    DeviceLabel: lambda sheet, label, additions: put_labels(sheet, label, additions.copy),
    EstimatePaper: roll_or_page(RollEstimate, PageEstimate),
    HandBackPaper: roll_or_page(RollHandBack, PageHandBack),
    ShelfLabels: lambda sheet, labels, _additions: put_shelf_labels(sheet, labels),
}
