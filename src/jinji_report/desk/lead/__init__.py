"""线索: word of an incident that nobody vouches for yet, and what becomes of it."""
