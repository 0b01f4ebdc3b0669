"""Papers: commands."""
