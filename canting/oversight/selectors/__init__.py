"""Reads of the office (`office`) and of the supervisors; see the modules of this package."""
