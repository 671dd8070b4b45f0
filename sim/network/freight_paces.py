"""How far train paths, quays and finite services can be ahead of their mean: their pace from layer to layer."""
