"""The ranking while votes run, computed in the background and kept."""
