"""Lists and tables: models of values that never change, and the delegate that paints a row in one go."""

from posapp.ui.tables.list_models import PAGE, PagedModel, RowListModel
from posapp.ui.tables.open_list import OpenList
from posapp.ui.tables.rows_model import ROW, SHOWN, SPOKEN, Column, Index, RowsModel
from posapp.ui.tables.two_line_delegate import TwoLineDelegate, TwoLineRow, dress_list, dress_table

__all__ = [
    "PAGE",
    "ROW",
    "SHOWN",
    "SPOKEN",
    "Column",
    "Index",
    "OpenList",
    "PagedModel",
    "RowListModel",
    "RowsModel",
    "TwoLineDelegate",
    "TwoLineRow",
    "dress_list",
    "dress_table",
]
