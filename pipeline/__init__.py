"""From a folder of articles to a table of checkable claims."""

__version__ = "0.1.0"
