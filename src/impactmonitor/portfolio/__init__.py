"""Several cases together: which goes before which in a framework, and how sure that is."""
