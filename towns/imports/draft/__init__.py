"""From an article as received to a draft of ours, in two steps.

`receiving` keeps the file, and nothing else; `reading` says what would be made of it, with the
answers that a person gave so far; `keeping` makes it, all or nothing. What is made: `blocks` the
text, `pictures`, `parties` those who are credited, `facts` the ranks and sums. What is left to a
person is in `open_points`. Nothing of it is public, and what a person decided is never overwritten:
the caller hands in how a change is proposed instead.
"""

from towns.imports.draft.keeping import NotKeptError, keep_article
from towns.imports.draft.reading import Reading, read_upload
from towns.imports.draft.receiving import receive_article

__all__ = ["NotKeptError", "Reading", "keep_article", "read_upload", "receive_article"]
