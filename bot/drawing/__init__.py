"""Flows as pictures: what stands in one, where it stands, how it looks."""
