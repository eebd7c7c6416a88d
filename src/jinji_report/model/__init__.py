"""What an incident, an entry and a case are. Pure: no file, no clock, no screen."""
