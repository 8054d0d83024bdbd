"""Lots, places, moves and their value; materials and cloth alike."""
