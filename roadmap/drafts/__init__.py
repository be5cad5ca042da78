"""Drafts: compile, look, freeze, export, verify."""
