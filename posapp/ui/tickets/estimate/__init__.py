"""The estimate of a ticket: its lines, its versions, and what the customer answered."""
