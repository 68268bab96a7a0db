"""A body's whole record passes from one office to another, with proof that it is complete."""
