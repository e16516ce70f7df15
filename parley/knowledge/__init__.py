"""The lists that people edit: who is who, and what words mean."""
