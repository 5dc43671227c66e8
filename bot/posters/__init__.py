"""Posters: a sheet of paper for each branch, with its permanent QR code and its telephone. Nothing is sent here."""
