"""Papers in general: what a document is, its sizes, and the form in which it is kept."""
