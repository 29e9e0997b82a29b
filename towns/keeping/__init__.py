"""Keeping the installation: reference data, demo content; later backup and inspection."""
