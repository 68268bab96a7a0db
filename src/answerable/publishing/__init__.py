"""For everyone: editions, public pages, open data."""
