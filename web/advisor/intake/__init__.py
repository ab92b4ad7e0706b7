"""The guided talk with a client: what is asked, in which steps, and what is kept of it."""
