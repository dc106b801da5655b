"""A shard: one of N parts of a corpus. Which one a file belongs to depends on its path alone."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from pipeline.errors import ConfigError

NAME = re.compile(r"([0-9]{1,9})/([0-9]{1,9})")


@dataclass(frozen=True, slots=True, order=True)
class Shard:
    """Part `index` (from 1) of `count` parts."""

    index: int
    count: int

    @classmethod
    def parse(cls, words: str) -> Shard:
        """Reads "3/7".

        Raises:
            ConfigError: it is no such thing, or 0/7, or 8/7.
        """
        found = NAME.fullmatch(words.strip())
        shard = cls(int(found[1]), int(found[2])) if found else None
        if shard is None or not 1 <= shard.index <= shard.count:
            raise ConfigError(f"--shard {words!r}: give I/N with I from 1 to N, such as 3/7")
        return shard

    def holds(self, path: str) -> bool:
        """True for the files of this shard; each path is in exactly one of `count`."""
        hashed = hashlib.blake2b(path.encode("utf-8", "surrogatepass"), digest_size=8).digest()
        return int.from_bytes(hashed, "big") % self.count == self.index - 1

    @property
    def file(self) -> str:
        return f"shard-{self.index:05}-of-{self.count:05}.parquet"
