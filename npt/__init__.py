"""The neighbourhood policing tracker: the application."""
