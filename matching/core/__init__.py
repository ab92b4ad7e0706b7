"""Who fits what, on arrays only: numpy, scipy and the standard library, no clock, no randomness, no input or output."""
