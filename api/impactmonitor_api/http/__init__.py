"""What every route shares: who asks, what may go wrong, and how it is said over HTTP."""
