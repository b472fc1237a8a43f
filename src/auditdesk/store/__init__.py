"""The office folder: encrypted database, journal, attachments, keys, backups."""
