"""Repairs: tickets, devices, estimates, parts, loaners, shelves, warranties."""
