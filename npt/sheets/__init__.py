"""Tables in and out: CSV and XLSX files with a header row.

A *shape* is the columns of one kind of file; a *cell* is the text of one value; a *problem* is a place in a
file and what to do about it. `columns` turns cells into typed values, `reading` turns a file into rows and
problems, `writing` turns rows into a file. Nothing here knows what a column means to policing.
"""
