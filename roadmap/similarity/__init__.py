"""Which proposals say the same thing, in whatever language: found in the background, decided by people."""
