"""One ticket in full: head, states, devices, lines, and what was done and said."""
