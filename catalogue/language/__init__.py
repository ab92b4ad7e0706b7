"""Text as language: words and their forms, what they mean, in which language, and sentences as vectors."""
