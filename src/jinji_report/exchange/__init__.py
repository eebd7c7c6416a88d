"""What goes out to scripts and spreadsheets."""
