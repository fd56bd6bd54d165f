"""When a figure holds: the evidence of time, the scope it takes, stock or flow, the edition."""
