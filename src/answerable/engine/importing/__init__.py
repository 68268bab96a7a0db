"""A spreadsheet of recommendations that an office brings: read, understood, and what is wrong with it."""
