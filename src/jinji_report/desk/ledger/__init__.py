"""The log itself: whether it holds, how it is mended, what of it may be sealed."""
