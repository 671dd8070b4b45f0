"""Report of dry cargo: its tables, the use of its capacity, and its part of the story."""
