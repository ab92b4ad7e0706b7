"""The learner's side: what one can do, wants to become, and what it has to fit."""
