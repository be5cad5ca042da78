"""Votes: cast, change, withdraw, claim; the deck; the snapshot for the ranking."""
