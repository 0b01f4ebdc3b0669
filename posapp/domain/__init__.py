"""Words and rules of the trade: plain values, no database, no window."""
