"""Simulated years of a partnership: spending, meetings, directions varied, reserves and settlements."""
