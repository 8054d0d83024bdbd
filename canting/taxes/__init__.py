"""Taxes as dated rules: what is withheld, what is due, by when and from which entries."""
