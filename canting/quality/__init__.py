"""Inspection, grading, release of cloth for sale."""
