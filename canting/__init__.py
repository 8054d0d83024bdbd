"""Canting: the software of a batik makers' cooperative."""

__version__ = "0.1.0"
