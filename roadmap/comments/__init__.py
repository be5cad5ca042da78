"""Comments: threads with the stance their writers chose."""
