"""Forms of editions."""
