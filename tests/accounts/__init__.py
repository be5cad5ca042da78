"""Accounts, from both ends."""
