"""Attacks, and what they come to."""
