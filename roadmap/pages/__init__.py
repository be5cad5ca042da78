"""Pages that show many features: home and the editable texts."""
