"""People: commands."""
