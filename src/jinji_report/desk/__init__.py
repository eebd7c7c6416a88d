"""The use cases of the duty desk, a file each: store, standards and moment in, one answer out."""
