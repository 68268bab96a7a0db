"""People, bodies and areas, roles, permissions."""
