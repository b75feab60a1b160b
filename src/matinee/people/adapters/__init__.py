"""Who delivers mails: a folder, or a mail server."""
