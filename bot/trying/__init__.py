"""Playing a flow at a terminal: the real rules over a memory, no token and no database."""
