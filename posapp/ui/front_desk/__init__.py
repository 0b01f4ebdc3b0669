"""The Desk: who is it, and what do they need. Search, the customer, and today beside each other."""
