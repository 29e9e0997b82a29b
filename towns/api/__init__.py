"""The partners' API: read-only, and the only room that knows REST framework.

What it shows is the content of `towns.documents`, so that a partner can recompute every digest.
"""
