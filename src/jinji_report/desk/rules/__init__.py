"""The standards as a product: looking, checking, proving, comparing, writing. A use case a file."""
