"""auditdesk 审案台: case files of a district office, offline."""
