"""Who watches what, in whichever process: each notes the topics watched in it, and that it lives, with the database.

What a process that died had noted counts for a minute at most. It holds ids of topics only, and nothing that lasts.
"""
