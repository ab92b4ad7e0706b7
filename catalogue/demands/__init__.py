"""Learning demands: filing, the steps that they take, and what answers them."""
