"""Gap analyses over the whole record, and the themes that they are read by."""
