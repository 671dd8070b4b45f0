"""Story, tables, pages and folders of results."""
