"""What every screen of one record shares: its draft, reading and saving it once, and what is said."""
