"""Set-up, packaging and what is kept under version control."""
