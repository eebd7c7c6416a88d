"""上级要求: what the office above asked for, what was done about it, and how both are told."""
