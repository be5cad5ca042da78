"""The demonstration edition: invented content and invented votes. Nobody real says a word in it."""
