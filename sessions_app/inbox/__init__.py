"""Mails that people write back: read, freed of what others wrote, and put where they belong."""
