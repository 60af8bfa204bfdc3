"""What is kept: organisations, keys, cases and all that happened to them, in one database."""
