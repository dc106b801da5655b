"""What can only be seen across articles: copies and updates of articles, and claims that agree,
follow or contradict each other.

`tables.link_up` does all of it on the finished rows of claims.sqlite; the other modules know
nothing of tables. Every decision depends on the rows only, never on their order of arrival.
"""
