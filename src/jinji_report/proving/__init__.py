"""试标准: cases tried against the standards, what they cover, and the cases that are still wanting. Pure."""
