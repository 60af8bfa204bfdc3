"""A copy of a workbook to type in, so that the workbook itself has to be made only once."""

from __future__ import annotations

from dataclasses import replace

from impactmonitor.report.workbook.book import Book


def copied(book: Book) -> Book:
    """The same workbook with cells of its own; all the rest of its pages is shared."""
    pages = {
        sheet: replace(page, cells={at: replace(cell) for at, cell in page.cells.items()})
        for sheet, page in book.pages.items()
    }
    return replace(book, pages=pages)
