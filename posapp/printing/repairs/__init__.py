"""The papers of repairs: claim ticket, device label, estimate, hand-back."""
