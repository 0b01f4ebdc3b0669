"""The papers of customers."""
