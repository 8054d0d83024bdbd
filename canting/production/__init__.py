"""Work orders, makers' assignments, pieces, cloth received, advances."""
