"""Reports, documents, pages, candidates."""
