"""History and figures."""
