"""Tables as files that a spreadsheet opens, without records: plain values go in and out.

`writing` makes them, `reading` finds the table in what arrives and `values` reads its cells,
`template` makes an empty one to fill in, and `remarks` gives one back with what is wrong in it.
"""
