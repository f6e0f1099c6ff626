"""Web Push: where a push may go, how it is sealed and signed, and what the push service said."""
