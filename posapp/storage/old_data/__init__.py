"""Old data: imports, consolidation, merging, duplicates."""
