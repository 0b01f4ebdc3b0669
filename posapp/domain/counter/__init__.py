"""What the counter and the kiosk know of several parts: words and rules."""
