"""报送标准: TOML packs in, rows in force out; conditions over facts, decided three-valued.

`schema` says what a pack may hold, `load` reads, joins and compiles packs, `rows` are the plain
objects that the hot path uses, `conditions` decides a condition over every filling of the ranges.
"""
