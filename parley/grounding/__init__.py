"""From words to the parties, times and places that they stand for."""
