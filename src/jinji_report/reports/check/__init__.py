"""The five-element check (五要素检查): what is wrong with a report before it goes out.

Each module holds one kind of remark: its codes (`CODES`), and `find`, which looks for them; `run`
has them all. What must be mended stops a written report, what is to be looked at only says so: that
is for `desk/look_over`. Nothing is imported here, since a remark is known to many and found by one.
"""
