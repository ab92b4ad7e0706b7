"""Maps that are drawn here: places at their true relative position, without tiles or outlines of somebody else."""
