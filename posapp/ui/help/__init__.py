"""Help in the app: topics written in resources/help, shown in the window's own look, and About."""
