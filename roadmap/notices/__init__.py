"""Telling people what became of their proposals and votes: in the application always, by mail as they choose."""
