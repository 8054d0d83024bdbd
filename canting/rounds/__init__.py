"""Buying together: what members need, one plan, one order, everyone's share."""
