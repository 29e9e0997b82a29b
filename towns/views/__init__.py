"""The public pages. They never write, and start from what is `public()`."""
