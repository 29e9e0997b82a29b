"""The demo content: read from `towns/fixtures/demo`, one file here for each kind of content.

Every record gets an id made from its key, so that two demo databases hold the same content.
"""
