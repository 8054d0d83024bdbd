"""Buyers, orders, deliveries, invoices, payments, the gallery till."""
