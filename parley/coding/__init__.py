"""From analysed sentences to events."""
