"""What a list can be narrowed by: one FilterSet for the page and the API alike.

They are strict: a value that cannot be is an error of its field. A page shows the error under the
field and leaves the value out; the API answers 400. Parameters that no filter knows are not their
concern: pages drop them, the API refuses them.
"""
