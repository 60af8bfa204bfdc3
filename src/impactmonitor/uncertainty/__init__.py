"""How sure a result is, what would change it, and what is worth measuring before deciding."""
