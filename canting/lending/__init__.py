"""Partners' money: facilities of banks and partners, and what of them is passed on to members."""
