"""Kinds of lines and of tenders: one file for what each does at the steps of a sale, and their list."""
