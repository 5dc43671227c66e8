"""The rules, pure: what a step, a tap or a passed deadline leads to; no I/O, no clock."""
