"""What is known about an article, and where each fact was read."""

from pipeline.ingest.metadata.facts import merge
from pipeline.ingest.metadata.from_text import metadata_from_text
from pipeline.ingest.metadata.init import init_metadata
from pipeline.ingest.metadata.ranking import metadata_of
from pipeline.ingest.metadata.table import MetadataTable, read_metadata_csv

__all__ = [
    "MetadataTable",
    "init_metadata",
    "merge",
    "metadata_from_text",
    "metadata_of",
    "read_metadata_csv",
]
