"""Who may change the ladder, approve, edit and hold back a message, and sign a letter."""
