"""Reads: what pages and frames show, built with all that they need."""
