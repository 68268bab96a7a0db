"""For signed-in people: every staff page."""
