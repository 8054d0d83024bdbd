"""Homes of every role, start from nothing, search, tokens, backup, verify, demo."""
