"""The public facilitation log: append-only and hash-chained."""
