"""The doors of the regency office (`office`) and of the supervisors."""
