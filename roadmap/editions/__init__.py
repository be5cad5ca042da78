"""Editions, their phases and guiding questions."""
