"""The Open Onderwijs API: our catalogue in its words, and its courses and offerings in ours. Knows no HTTP."""
