"""Calendar expressions, read as data."""
