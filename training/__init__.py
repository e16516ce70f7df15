"""How the weights and tables were made; not needed to use Parley."""
