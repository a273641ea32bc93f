"""Workshops, the people in them, their meetings, and the one dialogue that all of it is made of."""
