"""What each maker is paid, with every deduction."""
