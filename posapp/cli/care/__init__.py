"""Looking after the data: commands."""
