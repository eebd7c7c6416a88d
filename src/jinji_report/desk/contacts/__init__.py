"""通讯录: whom the desk knows by phone, where that is written, and how a spreadsheet is taken in."""
