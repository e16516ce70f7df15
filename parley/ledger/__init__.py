"""From events to the seven books, and words against deeds."""
