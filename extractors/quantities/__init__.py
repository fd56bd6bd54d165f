"""Digits and set phrases that are no statistic by their shape alone."""
