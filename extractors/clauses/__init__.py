"""What the words around a number say of it: what it counts, how it moves, when it holds."""
