"""Merging proposals that say the same thing, and undoing it."""
