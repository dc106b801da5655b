"""HTML pages: every block of text, which of them are the article, and the page's metadata."""
