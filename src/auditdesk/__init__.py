"""auditdesk 审案台: case files of a district office, offline."""

__version__ = "0.1.0"
