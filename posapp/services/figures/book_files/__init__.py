"""The files by which the books go to other programs, a module for each of them."""
