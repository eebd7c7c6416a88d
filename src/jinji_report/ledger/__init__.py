"""The log: an append-only list of entries, each bound to the one before, in one of several stores.

Everything above sees only what `store.Store` promises. What an entry means is not known here.
"""
