"""Letters by electronic mail: written safely, and handed to the mail server that a deployment names."""
