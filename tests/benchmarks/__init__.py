"""Benchmarks, run by hand: `python -m tests.benchmarks.start`. Figures are ratios within one run."""
