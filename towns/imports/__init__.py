"""What arrives from outside, read and matched; nothing here stores or publishes.

`article` reads articles as WeChat, Blogger, Word or a person's clipboard give them. `gazetteer` is
what a reader knows of towns and parties, without a database; `known` fills it from the records.
"""
