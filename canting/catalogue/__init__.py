"""Materials, products, units, price lists, piece rates, norms."""
