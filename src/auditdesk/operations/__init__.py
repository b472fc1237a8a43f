"""What people do at the desk: the only writers; one operation, one transaction, one `Changes`."""
