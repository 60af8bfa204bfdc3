"""Many cases at once: streamed, on several cores or machines, taken up again after a stop."""
