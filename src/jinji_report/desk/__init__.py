"""The use cases of the duty desk, a file each: store, standards and moment in, one answer out.

Commands that stand together (`jinji lead …`, `jinji ledger …`) have a folder, as at the prompt.
"""
