"""Workbooks for the city's bureau."""
