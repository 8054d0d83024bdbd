"""Suppliers, receipts of materials, hand-out to makers."""
