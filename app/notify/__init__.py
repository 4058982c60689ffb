"""How a department hears of its case."""
