"""Pixels: what a picture file is and says of itself, and its smaller sizes. Knows no records."""
