"""Record → canonical Document, plain text, digest and difference.

`describe_…` gives a record's content in plain Python; `canonical` turns it into the bytes whose
SHA-256 is its digest; the API shows the same content, so that a partner can recompute the digest.
"""
