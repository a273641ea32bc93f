"""Engagement, Alignment, Agreement: the framework of Masterson et al. 2024 as data (records build on it)."""
