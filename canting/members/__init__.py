"""The register of members, admission, the import of old lists."""
