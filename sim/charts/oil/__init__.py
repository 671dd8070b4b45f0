"""Charts of a run that exports oil."""
