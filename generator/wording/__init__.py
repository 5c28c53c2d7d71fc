"""Words made ready for a template: lines that may not be torn, letters to paint, Markdown as blocks, days as
documents write them.

Comes in: text that people wrote. Goes out: frozen values (`content`). Knows no campaign and no file.
"""
