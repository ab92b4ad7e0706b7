"""Accounts: optional for learners, needed for hubs, advisors and administrators."""
