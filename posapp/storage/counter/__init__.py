"""What several parts show and do together at the counter."""
