"""From the first frame to an open shop: start page, trouble page, and the program that joins all screens."""
