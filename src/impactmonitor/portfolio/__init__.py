"""What a fund holds: its share of every case, over themes and periods, and what to choose next."""
