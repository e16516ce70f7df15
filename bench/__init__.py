"""How fast Parley is."""
