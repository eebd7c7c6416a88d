"""jinji (紧急): from the call at the duty desk to the report that went out in time."""

__version__ = "0.1.0"
