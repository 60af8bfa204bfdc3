"""What things are: cases, lines, numbers and catalogue entries, all frozen."""
