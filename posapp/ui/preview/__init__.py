"""Papers on screen: the preview, and the watch over what still has to be printed."""
