"""Care of the data: backups, restore, checks, demo data."""
