"""What uncertain numbers are worth: expected values, modes and, by type, their functions."""
