"""Charts of studies, each built from the results of a study as a description that both renderers draw."""
