"""What is due leaves: claimed, judged once more, handed over, settled."""
