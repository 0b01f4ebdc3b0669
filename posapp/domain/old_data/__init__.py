"""Old data: records of other systems, and customers who turn out to be one person."""
