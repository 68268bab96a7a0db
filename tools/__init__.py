"""Small programs for those who work on Answerable; nothing here is part of the product."""
