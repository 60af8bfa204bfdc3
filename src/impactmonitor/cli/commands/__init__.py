"""The commands by subject. Heavy parts are imported by the command that needs them."""
