"""The only writes to reports, documents, what was read in them and what people decided."""
