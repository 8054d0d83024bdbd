"""Faults that others met, told as stories of this house; one module a case."""
