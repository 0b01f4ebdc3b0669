"""Commands of old data."""
