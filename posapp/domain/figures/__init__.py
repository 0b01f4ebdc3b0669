"""Figures: what a manager asks the records, and in which words they answer."""
