"""The import assistant: what a file is, how its columns are read, what would happen, what happened."""
