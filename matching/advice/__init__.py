"""What an advisor asks of the matcher: the same learner under other wishes."""
