"""Jobs: work that takes too long to wait for, done by workers."""
