"""Settings (F8): the shop, what can be booked and when, paper, this till, its data, help and about.

A list of sections on the left, one section on the right. What is typed is saved when the field is left, with
a toast that can take it back; a value that cannot be is explained under its field and nothing is saved.
"""
