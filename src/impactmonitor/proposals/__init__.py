"""Proposals beside each other: doubts, results on the same terms, ranks and how sure they are."""
