"""Deliberations held elsewhere, brought in with their votes."""
