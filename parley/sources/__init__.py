"""What people have, turned into reports."""
