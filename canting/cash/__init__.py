"""Cash, bank, advances, the drawer and its count."""
