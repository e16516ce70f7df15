"""The pages about Parley, and the program that writes one of them."""
