"""Fixed assets: bought or granted, depreciated, disposed of."""
