"""Tables as files that a spreadsheet opens. They know no records: rows of plain values go in."""
