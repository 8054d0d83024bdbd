"""The regency office's view of many cooperatives."""
