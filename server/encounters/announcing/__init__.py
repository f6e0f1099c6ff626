"""Telling somebody that their badge was scanned."""
