"""Merkle trees as in Certificate Transparency (RFC 6962, 2.1): SHA-256, leaves and nodes told apart. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence


def leaf_hash(content: bytes) -> bytes:
    """Of one leaf's content."""
    digest = hashlib.sha256(b"\x00")
    digest.update(content)
    return digest.digest()


def _node_hash(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


class Tree:
    """A tree that grows leaf by leaf and keeps only the roots of its full subtrees."""

    def __init__(self) -> None:
        self.size = 0
        self._peaks: list[bytes] = []  # of full subtrees, the largest first

    def add(self, leaf: bytes) -> None:
        """One more leaf's hash."""
        carry = leaf
        filled = self.size
        while filled & 1:
            carry = _node_hash(self._peaks.pop(), carry)
            filled >>= 1
        self._peaks.append(carry)
        self.size += 1

    def root(self) -> bytes:
        """Of all leaves so far; of none, the hash of nothing."""
        if not self._peaks:
            return hashlib.sha256().digest()
        root = self._peaks[-1]
        for peak in reversed(self._peaks[:-1]):
            root = _node_hash(peak, root)
        return root


def root_of(leaves: Sequence[bytes]) -> bytes:
    """The root over leaf hashes."""
    tree = Tree()
    for leaf in leaves:
        tree.add(leaf)
    return tree.root()


def audit_path(leaves: Sequence[bytes], index: int) -> tuple[bytes, ...]:
    """The hashes that lead from leaf ``index`` to the root, nearest first (2.1.1)."""
    if len(leaves) < 2:
        return ()
    split = _split(len(leaves))
    if index < split:
        return (*audit_path(leaves[:split], index), root_of(leaves[split:]))
    return (*audit_path(leaves[split:], index - split), root_of(leaves[:split]))


def root_from_path(leaf: bytes, index: int, size: int, path: Sequence[bytes]) -> bytes | None:
    """The root that an audit path leads to; None: the path does not fit a tree of ``size`` leaves."""
    if not 0 <= index < size or len(path) != _path_length(index, size):
        return None
    if size == 1:
        return leaf
    split = _split(size)
    if index < split:
        inner = root_from_path(leaf, index, split, path[:-1])
        return None if inner is None else _node_hash(inner, path[-1])
    inner = root_from_path(leaf, index - split, size - split, path[:-1])
    return None if inner is None else _node_hash(path[-1], inner)


def _split(size: int) -> int:
    """The largest power of two below ``size``."""
    return 1 << ((size - 1).bit_length() - 1)


def _path_length(index: int, size: int) -> int:
    length = 0
    while size > 1:
        split = _split(size)
        index, size = (index, split) if index < split else (index - split, size - split)
        length += 1
    return length
