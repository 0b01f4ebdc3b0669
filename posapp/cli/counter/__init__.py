"""What several parts show together: commands."""
