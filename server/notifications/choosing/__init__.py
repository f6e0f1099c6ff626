"""What a person chose about what they are told, the devices that take pushes, and the log of what was sent to them."""
