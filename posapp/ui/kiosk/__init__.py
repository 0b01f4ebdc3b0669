"""The kiosk: the customers' own full-screen view, for fingers."""
