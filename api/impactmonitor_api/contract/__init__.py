"""What goes over the line: every field of every request and answer, with what it means."""
