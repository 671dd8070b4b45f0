"""Charts of a run that carries containers, wagons or lorries."""
