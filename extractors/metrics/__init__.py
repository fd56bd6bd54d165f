"""The source card, and which of its metrics a statistic states."""
