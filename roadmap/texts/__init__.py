"""Texts that organisers edit, each with a complete default in every language of the platform."""
