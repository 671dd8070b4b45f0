"""Railways, yards, quays and corridors: boxes and wagons as described."""
