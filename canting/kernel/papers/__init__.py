"""Papers: receipts on rolls, notes and letters on sheets, from one shared Typst library."""

from canting.kernel.papers.compiler import PaperFormat, render, render_pages

__all__ = ["PaperFormat", "render", "render_pages"]
