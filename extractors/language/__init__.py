"""What the extractor knows of the language, as data: words with their forms and senses, units, currencies."""
