"""演练: a night written down, and playing it."""
