"""What events and figures look like, wherever they are shown."""
