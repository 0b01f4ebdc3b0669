"""The shop itself: commands."""
