"""A module a command; each names its options, asks the desk, and shows the answer."""
