"""What needs me today: short sections of lines, one module a noun."""
