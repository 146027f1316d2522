"""The zip archive around a workbook: which parts it has, and the bytes of one part, checked and bounded.

The standard library reads the central directory; the parts are inflated here, because `ZipFile.read` believes the
declared size only after having inflated everything. Nothing is ever written to disk.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from urllib.parse import unquote

from cvsheet.errors import Refusal, UnreadableFile
from cvsheet.files.file_names import WORKBOOK_ENDINGS, is_lock, is_trace
from cvsheet.files.grid.limits import FileLimits

_DIRECTORY_ENTRY = b"PK\x01\x02"
_DIRECTORY_END = b"PK\x05\x06"
_DIRECTORY_END_REACH = 65_535 + 22  # the longest comment after it, and itself
_LOCAL_HEADER = struct.Struct("<4s22xHH")
_UTF8_NAME = 0x800
_ENCRYPTED = 0x1
_AES = 99


def part_key(name: str) -> str:
    """The one name under which a part is known: writers differ in case, slashes, a leading slash and %20."""
    return unquote(name).replace("\\", "/").lstrip("/").casefold()


class Package:
    """The parts of one archive. Two readings of the same part count twice against the limits."""

    def __init__(self, data: bytes, limits: FileLimits) -> None:
        self._data = data
        self._limits = limits
        self._read_so_far = 0
        self._entries = _entries(data, limits)

    def __contains__(self, name: str) -> bool:
        return part_key(name) in self._entries

    def names(self) -> list[str]:
        """The keys of all parts, in the order of the archive."""
        return list(self._entries)

    def workbooks(self) -> tuple[str, ...]:
        """The names of the files in the archive that are called workbooks, as they are written, without folders."""
        names = (re.split(r"[\\/]", entry.filename)[-1] for entry in self._entries.values())
        return tuple(
            name
            for name in names
            if name.casefold().endswith(WORKBOOK_ENDINGS) and not (is_trace(name) or is_lock(name))
        )

    def read(self, name: str, *, repeats_itself: bool = False) -> bytes:
        """The bytes of a part that must be there; one that `repeats_itself` by its nature compresses very well."""
        entry = self._entries.get(part_key(name))
        if entry is None:
            raise UnreadableFile(Refusal.DAMAGED, f"missing part {name}")
        self._check_size(entry, self._limits.repeated if repeats_itself else self._limits.ratio_from)
        return _inflate(self._data, entry)

    def read_optional(self, name: str, *, repeats_itself: bool = False) -> bytes:
        """The bytes of a part, nothing where it is absent or empty (LibreOffice leaves parts of 0 bytes)."""
        return self.read(name, repeats_itself=repeats_itself) if name in self else b""

    def _check_size(self, entry: zipfile.ZipInfo, judged_from: int) -> None:
        size, limits = entry.file_size, self._limits
        if size > judged_from and size > limits.ratio * max(entry.compress_size, 1):
            raise UnreadableFile(Refusal.BOMB, f"{entry.filename} inflates to {size} bytes")
        self._read_so_far += size
        if size > limits.part_size or self._read_so_far > limits.total_size:
            raise UnreadableFile(Refusal.TOO_LARGE, f"{entry.filename} inflates to {size} bytes")


def _entries(data: bytes, limits: FileLimits) -> dict[str, zipfile.ZipInfo]:
    """The entries by key, once the archive as a whole has been judged."""
    # Counted on the bytes first: the standard library would build 500 MB of entries before anyone could say no.
    if data.count(_DIRECTORY_ENTRY) > limits.entries:
        raise UnreadableFile(Refusal.BOMB, f"more than {limits.entries} entries")
    entries: dict[str, zipfile.ZipInfo] = {}
    for entry in _directory(data):
        _check_entry(entry)
        if entry.is_dir():
            continue
        key = part_key(entry.filename)
        if key in entries:
            raise UnreadableFile(Refusal.AMBIGUOUS, f"{entry.filename} is there twice")
        entries[key] = entry
    _check_total(sum(entry.file_size for entry in entries.values()), len(data), limits)
    return entries


def _directory(data: bytes) -> list[zipfile.ZipInfo]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return archive.infolist()
    # On a damaged directory it raises BadZipFile, NotImplementedError, struct.error, UnicodeDecodeError, ValueError,
    # OverflowError... without a list that could be relied on, and there is nothing else in this try.
    except Exception as error:
        truncated = _DIRECTORY_END not in data[-_DIRECTORY_END_REACH:]
        raise UnreadableFile(Refusal.TRUNCATED if truncated else Refusal.DAMAGED, f"zip: {error}") from error


def _check_entry(entry: zipfile.ZipInfo) -> None:
    if entry.flag_bits & _ENCRYPTED or entry.compress_type == _AES:
        raise UnreadableFile(Refusal.ENCRYPTED, entry.filename)
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise UnreadableFile(Refusal.DAMAGED, f"{entry.filename} uses zip method {entry.compress_type}")
    if "\0" in entry.orig_filename or ".." in part_key(entry.filename).split("/"):
        raise UnreadableFile(Refusal.DAMAGED, f"forbidden part name {entry.orig_filename!r}")


def _check_total(total: int, file_size: int, limits: FileLimits) -> None:
    if total > limits.total_size:
        reason = Refusal.BOMB if total > limits.ratio * file_size else Refusal.TOO_LARGE
        raise UnreadableFile(reason, f"inflates to {total} bytes")


def _inflate(data: bytes, entry: zipfile.ZipInfo) -> bytes:
    """The content of an entry if it is exactly what the directory announced: size and CRC."""
    compressed = _compressed(data, entry)
    if entry.compress_type == zipfile.ZIP_STORED:
        content = compressed
    else:
        inflater = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            content = inflater.decompress(compressed, entry.file_size + 1)  # one more, to catch a size that lies
        except zlib.error as error:
            raise UnreadableFile(Refusal.DAMAGED, f"{entry.filename}: {error}") from error
    if len(content) != entry.file_size or zlib.crc32(content) != entry.CRC:
        raise UnreadableFile(Refusal.DAMAGED, f"{entry.filename}: wrong size or checksum")
    return content


def _compressed(data: bytes, entry: zipfile.ZipInfo) -> bytes:
    header = data[entry.header_offset : entry.header_offset + _LOCAL_HEADER.size] if entry.header_offset >= 0 else b""
    if len(header) < _LOCAL_HEADER.size:
        raise UnreadableFile(Refusal.DAMAGED, f"{entry.filename}: outside the file")
    signature, name_length, extra_length = _LOCAL_HEADER.unpack(header)
    name_start = entry.header_offset + _LOCAL_HEADER.size
    name = data[name_start : name_start + name_length]
    encoding = "utf-8" if entry.flag_bits & _UTF8_NAME else "cp437"
    if signature != b"PK\x03\x04" or name != entry.orig_filename.encode(encoding, errors="replace"):
        raise UnreadableFile(Refusal.DAMAGED, f"{entry.filename}: local header does not match the directory")
    start = name_start + name_length + extra_length
    compressed = data[start : start + entry.compress_size]
    if len(compressed) != entry.compress_size:
        raise UnreadableFile(Refusal.DAMAGED, f"{entry.filename}: outside the file")
    return compressed
