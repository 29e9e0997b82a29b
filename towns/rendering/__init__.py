"""Document → HTML, for the page, the preview and the API alike. Reads no working copy."""
