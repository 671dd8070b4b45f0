"""Report of oil: its tables and its part of the story."""
