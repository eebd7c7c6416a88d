"""JSON as jinji writes it: Chinese as it is, on one line.

What many answers share is written once and put in as text; both ways of writing give the same characters.
"""

from json import JSONEncoder

# No answer holds itself, so nothing need be remembered to find that out.
json_text = JSONEncoder(ensure_ascii=False, check_circular=False).encode
