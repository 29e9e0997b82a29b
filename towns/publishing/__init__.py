"""Out: the only layer that publishes, and the only one that writes the change log."""
