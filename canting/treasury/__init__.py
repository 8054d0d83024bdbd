"""The treasurer's daily work: bank lines, recurring entries, accruals, budgets, business units."""
