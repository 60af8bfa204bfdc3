"""The workbook: what people fill in, and the answer to it, live in the same file."""
