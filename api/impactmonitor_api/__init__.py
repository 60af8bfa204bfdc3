"""The engine over HTTP; the only place that knows HTTP."""
