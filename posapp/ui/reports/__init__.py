"""Reports (F7): the opening page, a page for each report, and the documents behind every figure."""
