"""Files of people: evidence and documents, in the database, in the transaction of the record they belong to.

What a file is tells its content and never its name. Pictures are drawn anew without what a camera wrote about
place and owner. A file is only ever taken out, never shown by this site, and only through the record that it
belongs to. What a virus scanner makes of it stands beside it. See docs/decisions/06 and 16.
"""
