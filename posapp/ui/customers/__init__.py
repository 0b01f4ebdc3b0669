"""Customers in forms: whose number is typed, the form of a new customer, the sheet that edits one."""
