"""Proposals, their revisions, lineage and unfinished ones."""
