"""What the engine does for the service: from bytes to results, without HTTP or storage."""
