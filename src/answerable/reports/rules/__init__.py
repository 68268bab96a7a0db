"""Who may do what with reports and documents, and when."""
