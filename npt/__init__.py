"""npt, the neighbourhood policing tracker: who is on the patch, who was taken off it, and what came of it."""
