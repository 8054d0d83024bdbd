"""The doors of buying together."""
