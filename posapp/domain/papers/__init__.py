"""Papers in general: documents, snapshots, the queue."""
