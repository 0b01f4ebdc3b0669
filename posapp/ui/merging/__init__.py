"""Customers who may be one person, and two who become one."""
