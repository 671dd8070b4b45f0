"""How it looks in words and files: the story, the tables, and the folder of a run."""
