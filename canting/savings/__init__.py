"""Members' capital and savings."""
