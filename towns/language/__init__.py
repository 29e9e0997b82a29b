"""Words, names, numbers and dates in the two languages. Knows no records."""
