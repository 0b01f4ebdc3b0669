"""History and figures: commands."""
