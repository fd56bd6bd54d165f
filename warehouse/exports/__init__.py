"""The published tables in the forms that other tools open: CSV, Parquet and SQLite, each with what describes it.

Everything is made from a connection to the published file alone: no clock, no network, no archive. The same file gives
the same bytes.
"""
