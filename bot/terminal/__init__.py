"""Talking to a person at a terminal: sentences by key, questions and answers. No sentence stands in code."""
