"""Users as they are stored."""
