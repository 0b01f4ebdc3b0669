"""Papers: a document becomes a PDF, the PDF becomes a preview, a file or a printed page.

The only home of reportlab, segno, pypdfium2 and of the print queue. Nothing here knows a database
or a screen.
"""
