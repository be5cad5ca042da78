"""Telling people: short addresses, codes to scan, posters, and texts to paste."""
