"""Measurements that compare in one run with raw SQL or a bare page; they print ratios as JSON."""
