"""The command line: take, ask, show. A file one command; it decides nothing."""
