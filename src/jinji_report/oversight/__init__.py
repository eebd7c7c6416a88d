"""Looking over all cases: what is due, what is late. Pure: cases and a moment in, values out."""
