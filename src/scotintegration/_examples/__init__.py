"""How the made-up partnerships are built (private)."""
