"""Telling people that their evening's list is there, and what the mail about it lists."""
