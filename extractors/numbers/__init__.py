"""Numbers in digits and words: from a passage's text to mentions with value, range and qualifier."""
