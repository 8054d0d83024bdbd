"""The doors of buying and handing out; see the modules of this package."""
