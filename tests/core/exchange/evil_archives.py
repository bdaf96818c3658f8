# SPDX-FileCopyrightText: 2026 The Proofsheet authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes archives that try to get out, to lie or to fill the disk; prints "file<TAB>error code" for each."""

import gzip
import io
import os
import random
import stat
import struct
import sys
import tarfile
import zlib

OUT = sys.argv[1]

NAMES = [
    b"../x", b"a/../../x", b"a/..", b"..", b".", b"/abs", b"//abs", b"a//x", b"a/./x", b"..\\x", b"a\\b", b"C:x",
    b"C:/x", b"c:\\x", b"\\\\server\\share", b"x\0y", b"x\0../y", b"a/\x01", b"x\n", b"x\x7f", b"",
    "\u2025/x".encode(), "\uff0e\uff0e/x".encode(), "a\u2215b".encode(), "\uff0fetc".encode(),
    "\u2024\u2024/x".encode(), "a\u2044..".encode(), "\u2216x".encode(), b"n" * 256, b"/".join([b"d"] * 65),
    b"/etc/cron.d/x", b"a/../../../../../../../../tmp/x", b"x/" + b"n" * 4200,
]


def save(name, data, code):
    with open(os.path.join(OUT, name), "wb") as file:
        file.write(data)
    print(f"{name}\t{code}")


# ---- zip: made by hand, so that anything can be wrong --------------------------------------------------------------


def entry(name, data=b"data", **odd):
    packed = data
    method = odd.get("method", 0)
    if method == 8:
        compressor = zlib.compressobj(9, zlib.DEFLATED, -15)
        packed = compressor.compress(data) + compressor.flush()
    return {"name": name, "packed": odd.get("packed", packed), "method": method, "flags": odd.get("flags", 0),
            "crc": odd.get("crc", zlib.crc32(data)), "size": odd.get("size", len(data)),
            "attributes": odd.get("attributes", (stat.S_IFREG | 0o644) << 16), "host": odd.get("host", 3),
            "extra": odd.get("extra", b""), "local": odd.get("local", {}), "offset": odd.get("offset"),
            "packed_size": odd.get("packed_size")}


def zipped(entries, **odd):
    body = b""
    central = b""
    for e in entries:
        offset = len(body) if e["offset"] is None else e["offset"]
        packed_size = len(e["packed"]) if e["packed_size"] is None else e["packed_size"]
        if e["offset"] is None:
            local = {**e, "packed_size": packed_size, **e["local"]}
            body += struct.pack("<4s5H3I2H", b"PK\3\4", 20, local["flags"], local["method"], 0, 33, local["crc"],
                                local["packed_size"], local["size"], len(local["name"]), len(local["extra"]))
            body += local["name"] + local["extra"] + e["packed"]
        central += struct.pack("<4s6H3I5H2I", b"PK\1\2", 20 | e["host"] << 8, 20, e["flags"], e["method"], 0, 33, e["crc"],
                               packed_size, e["size"], len(e["name"]), len(e["extra"]), 0, 0, 0, e["attributes"], offset)
        central += e["name"] + e["extra"]
    count = odd.get("count", len(entries)) & 0xFFFF
    end = struct.pack("<4s4H2IH", b"PK\5\6", odd.get("disk", 0), 0, count, count, len(central),
                      odd.get("directory", len(body)), 0)
    return body + central + end


def bad_zips():
    good = entry(b"good.txt")
    for i, name in enumerate(NAMES):
        save(f"zip-name-{i:02}.zip", zipped([good, entry(name)]), "Refused")
    for i, kind in enumerate((stat.S_IFLNK, stat.S_IFBLK, stat.S_IFCHR, stat.S_IFIFO, stat.S_IFSOCK)):
        for host in (0, 3):
            save(f"zip-kind-{i}-{host}.zip", zipped([good, entry(b"x", b"/etc/passwd", attributes=(kind | 0o777) << 16, host=host)]),
                 "Refused")
    save("zip-reparse.zip", zipped([entry(b"x", attributes=0x400, host=0)]), "Refused")
    save("zip-folder-as-file.zip", zipped([entry(b"x", attributes=(stat.S_IFDIR | 0o755) << 16)]), "Refused")
    save("zip-file-as-folder.zip", zipped([entry(b"x/", b"", attributes=(stat.S_IFREG | 0o755) << 16)]), "Refused")
    save("zip-folder-with-bytes.zip", zipped([entry(b"x/", attributes=0x10)]), "Corrupt")
    save("zip-link-then-through.zip", zipped([entry(b"l", b"/tmp", attributes=(stat.S_IFLNK | 0o777) << 16), entry(b"l/x")]), "Refused")
    twins = {"same": (b"a", b"a"), "case": (b"A.txt", b"a.txt"), "case-path": (b"X/a", b"x/a"),
             "umlaut-case": ("Ä".encode(), "ä".encode()), "forms": ("\u00e9".encode(), "e\u0301".encode()),
             "file-folder": (b"a", b"a/b"), "folder-file": (b"a/b", b"a"), "folder-twice": (b"a/", b"A/")}
    for name, pair in twins.items():
        both = [entry(n, b"", attributes=0x10 if n.endswith(b"/") else stat.S_IFREG << 16) for n in pair]
        save(f"zip-twin-{name}.zip", zipped(both), "Refused")
    local = {"name": {"name": b"../x.txt"}, "longer": {"name": b"good.txtx"}, "method": {"method": 8}, "size": {"size": 5},
             "packed": {"packed_size": 3}, "crc": {"crc": 1}, "flags": {"flags": 8}, "encrypted": {"flags": 1}}
    for name, change in local.items():
        save(f"zip-local-{name}.zip", zipped([entry(b"good.txt", local=change), entry(b"b")]), "Refused")
    for flags in (0x1, 0x40, 0x2000, 0x41):
        save(f"zip-encrypted-{flags}.zip", zipped([entry(b"x", flags=flags)]), "Unsupported")
    for method in (1, 6, 9, 12, 14, 93, 95, 97, 98, 99):
        save(f"zip-method-{method}.zip", zipped([entry(b"x", method=method)]), "Unsupported")
    save("zip-patch.zip", zipped([entry(b"x", flags=0x20)]), "Unsupported")
    unicode_path = struct.pack("<HHBI", 0x7075, 5 + 4, 1, zlib.crc32(b"x")) + b"../y"
    save("zip-second-name.zip", zipped([entry(b"x", extra=unicode_path)]), "Refused")
    save("zip-extra-broken.zip", zipped([entry(b"x", extra=b"\1\0\xff\xff")]), "Corrupt")
    # lies about sizes, checksums and places
    big = b"0123456789" * 1000
    save("zip-size-too-small.zip", zipped([entry(b"x", big, method=8, size=100)]), "TooLarge")
    save("zip-size-too-large.zip", zipped([entry(b"x", big, method=8, size=20000)]), "Corrupt")
    save("zip-crc.zip", zipped([entry(b"x", big, method=8, crc=5)]), "Corrupt")
    save("zip-crc-stored.zip", zipped([entry(b"x", big, crc=5)]), "Corrupt")
    save("zip-stored-two-sizes.zip", zipped([entry(b"x", big, size=3)]), "Corrupt")
    save("zip-deflate-garbage.zip", zipped([entry(b"x", b"y" * 50, method=8, packed=b"\xff" * 30)]), "Corrupt")
    save("zip-trailing-in-entry.zip", zipped([entry(b"x", b"", method=8, packed=zlib.compress(b"")[2:-4] + b"hidden")]), "Corrupt")
    save("zip-overlap-same.zip", zipped([entry(b"a"), entry(b"a", offset=0)]), "Refused")
    first = entry(b"a", b"z" * 100, packed_size=100)
    save("zip-overlap-next.zip", zipped([first, entry(b"a", b"z" * 100, offset=0), entry(b"b")]), "Refused")
    inner = zipped([entry(b"b", b"q" * 50)])[:31 + 50]
    save("zip-overlap-inside.zip", zipped([entry(b"a", inner), entry(b"b", b"q" * 50, offset=31)]), "Refused")
    save("zip-into-directory.zip", zipped([entry(b"a", size=40, packed_size=40, local={"size": 40, "packed_size": 40})]), "Refused")
    save("zip-count-less.zip", zipped([good, entry(b"b")], count=1), "Corrupt")
    save("zip-count-more.zip", zipped([good], count=900), "Corrupt")
    save("zip-count-limit.zip", zipped([entry(b"%d" % i, b"") for i in range(1200)]), "TooLarge")
    save("zip-parts.zip", zipped([good], disk=1), "Unsupported")
    save("zip-directory-elsewhere.zip", zipped([good], directory=0), "Corrupt")
    save("zip-local-elsewhere.zip", zipped([good, entry(b"b", offset=3)]), "Corrupt")
    save("zip-local-beyond.zip", zipped([good, entry(b"b", offset=0x7FFFFFF0)]), "Corrupt")
    whole = zipped([good, entry(b"b", big, method=8)])
    for i, end in enumerate((20, 40, len(whole) // 2, len(whole) - 30, len(whole) - 10, len(whole) - 1)):
        save(f"zip-truncated-{i}.zip", whole[:end], "Corrupt")
    save("zip-something-behind.zip", whole + b"behind", "Corrupt")
    huge = struct.pack("<HHQQ", 1, 16, 1 << 45, 1 << 45)
    save("zip64-huge.zip", zipped([entry(b"x", size=0xFFFFFFFF, packed_size=0xFFFFFFFF, extra=huge)]), "TooLarge")
    negative = struct.pack("<HHQQ", 1, 16, 1 << 63, 1 << 63)
    save("zip64-negative.zip", zipped([entry(b"x", size=0xFFFFFFFF, packed_size=0xFFFFFFFF, extra=negative)]), "Corrupt")
    # bombs
    zeros = entry(b"zeros", b"\0" * 20_000_000, method=8)
    save("zip-bomb-ratio.zip", zipped([zeros]), "TooLarge")
    liar = dict(zeros, size=5000)
    liar["local"] = {}
    save("zip-bomb-lying.zip", zipped([liar]), "TooLarge")
    many = [dict(entry(b"z%d" % i, b"\0" * 900_000, method=8)) for i in range(20)]
    save("zip-bomb-many.zip", zipped(many), "TooLarge")
    fifield = entry(b"k", b"\0" * 5_000_000, method=8)
    save("zip-bomb-overlap.zip", zipped([fifield] + [dict(fifield, name=b"k%d" % i, offset=0) for i in range(100)]), "TooLarge")
    end = struct.pack("<4sQ2H2I4Q", b"PK\6\6", 44, 45, 45, 0, 0, 4_000_000, 4_000_000, 1 << 20, 0)
    locator = struct.pack("<4sIQI", b"PK\6\7", 0, 1 << 20, 1)
    unknown = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    save("zip64-count.zip", b"PK\3\4".ljust(1 << 20, b"\0") + end + locator + unknown, "TooLarge")


# ---- tar -----------------------------------------------------------------------------------------------------------


def block(name, data=b"", kind=b"0", size=None, magic=b"ustar\x0000", prefix=b"", link=b"", checksum=None, size_field=None):
    length = len(data) if size is None else size
    head = name[:100].ljust(100, b"\0") + b"0000644\0" + b"0000000\0" * 2
    head += size_field or (b"%011o\0" % length)
    head += b"00000000000\0" + b" " * 8 + kind + link.ljust(100, b"\0") + magic + b"\0" * 32 + b"\0" * 32 + b"0000000\0" * 2
    head = (head + prefix.ljust(155, b"\0")).ljust(512, b"\0")
    total = sum(head) if checksum is None else checksum
    head = head[:148] + (b"%06o\0 " % total) + head[156:]
    return head + data + b"\0" * (-len(data) % 512)


END = b"\0" * 1024


def pax(*records, kind=b"x"):
    content = b""
    for key, value in records:
        length = len(key) + len(value) + 3
        length += len(str(length + len(str(length))))
        content += b"%d %s=%s\n" % (length, key, value)
    return block(b"pax", content, kind)


def bad_tars():
    good = block(b"good.txt", b"data")
    for i, name in enumerate(NAMES):
        variants = {"pax": pax((b"path", name)) + block(b"harmless", b"data"),
                    "long": block(b"././@LongLink", name + b"\0", b"L") + block(b"harmless", b"data")}
        if len(name) <= 100 and b"\0" not in name:
            variants["plain"] = block(name, b"data")
            variants["prefix"] = block(b"x", b"data", prefix=name) if name not in (b"", b".", b"..", b"a/..") else block(b"..", b"", prefix=b"a")
        for how, data in variants.items():
            save(f"tar-name-{i:02}-{how}.tar", good + data + END, "Refused")
        save(f"tar-name-{i:02}.tar.gz", gzip.compress(good + variants["pax"] + END, mtime=0), "Refused")
    for kind in b"12346SKVMDANX":
        kind = bytes([kind])
        save(f"tar-kind-{kind.decode()}.tar", good + block(b"x", b"", kind, link=b"/etc/passwd") + END, "Refused")
        save(f"tar-kind-{kind.decode()}.tar.gz", gzip.compress(good + block(b"x", b"", kind, link=b"good.txt") + END, mtime=0), "Refused")
    save("tar-link-through.tar", block(b"l", b"", b"2", link=b"..") + block(b"l/x", b"data") + END, "Refused")
    for name, pair in {"same": (b"a", b"a"), "case": (b"A", b"a"), "file-folder": (b"a", b"a/b"), "folder-file": (b"a/b", b"a")}.items():
        save(f"tar-twin-{name}.tar", block(pair[0], b"1") + block(pair[1], b"2") + END, "Refused")
    save("tar-pax-link.tar", pax((b"linkpath", b"/etc")) + good + END, "Refused")
    save("tar-pax-sparse.tar", pax((b"GNU.sparse.major", b"1"), (b"GNU.sparse.name", b"../x")) + good + END, "Refused")
    save("tar-pax-twice.tar", pax((b"path", b"ok"), (b"path", b"../x")) + good + END, "Refused")
    save("tar-pax-global-path.tar", pax((b"path", b"ok"), kind=b"g") + good + END, "Refused")
    save("tar-pax-size-lie.tar", pax((b"size", b"99999999")) + good + END, "Corrupt")
    save("tar-pax-size-negative.tar", pax((b"size", b"-1")) + good + END, "Corrupt")
    save("tar-pax-length.tar", block(b"p", b"99 path=x\n", b"x") + good + END, "Corrupt")
    save("tar-pax-no-equals.tar", block(b"p", b"8 pathx\n", b"x") + good + END, "Corrupt")
    save("tar-pax-dangling.tar", pax((b"path", b"ok")) + END, "Corrupt")
    save("tar-pax-huge.tar", block(b"p", b"", b"x", size=1 << 30) + END, "TooLarge")
    save("tar-folder-with-bytes.tar", block(b"d/", b"data", b"5") + END, "Corrupt")
    save("tar-checksum.tar", good + block(b"x", b"", checksum=7) + END, "Corrupt")
    save("tar-size-octal.tar", good + block(b"x", b"", size_field=b"00000000009\0") + END, "Corrupt")
    save("tar-size-huge.tar", good + block(b"x", b"", size_field=b"\x80" + b"\0" * 4 + b"\x7f" + b"\xff" * 6) + END, "TooLarge")
    save("tar-size-negative.tar", good + block(b"x", b"", size_field=b"\xff" * 12) + END, "Corrupt")
    save("tar-size-limit.tar", good + block(b"x", b"", size=0o77777777777) + END, "TooLarge")
    save("tar-no-end.tar", good, "Corrupt")
    save("tar-truncated.tar", (good + block(b"b", b"q" * 5000) + END)[:3000], "Corrupt")
    save("tar-behind.tar", good + END + block(b"../x", b"hidden"), "Corrupt")
    save("tar-count.tar", b"".join(block(b"%d" % i) for i in range(1200)) + END, "TooLarge")
    whole = gzip.compress(good + block(b"b", random.Random(1).randbytes(5000)) + END, mtime=0)
    save("gz-truncated.tar.gz", whole[:-200], "Corrupt")
    save("gz-crc.tar.gz", whole[:-8] + b"\0\0\0\0" + whole[-4:], "Corrupt")
    save("gz-garbage-behind.tar.gz", whole + b"garbage", "Corrupt")
    save("gz-damaged.tar.gz", whole[:100] + b"\xff\xff" + whole[102:], "Corrupt")
    bomb = io.BytesIO()
    with gzip.GzipFile(fileobj=bomb, mode="wb", mtime=0) as file:
        file.write(block(b"zeros", b"", size=200_000_000))
        for _ in range(200):
            file.write(b"\0" * 1_000_000)
    save("gz-bomb.tar.gz", bomb.getvalue(), "TooLarge")
    save("gz-bomb-padding.tar.gz", gzip.compress(good + b"\0" * 60_000_000, mtime=0), "TooLarge")
    save("gz-no-tar.gz", gzip.compress(b"only a text" * 100, mtime=0), "Corrupt")


def other_things():
    save("empty.zip", b"", "Unsupported")
    save("text.zip", b"hello", "Unsupported")
    save("seven.7z", b"7z\xbc\xaf\x27\x1c" + b"\0" * 100, "Unsupported")
    save("rar.rar", b"Rar!\x1a\x07\x01\x00" + b"x" * 1000, "Unsupported")
    save("bzip2.tar.bz2", b"BZh91AY&SY" + b"x" * 1000, "Unsupported")
    save("only-end.zip", b"PK\5\6", "Corrupt")


bad_zips()
bad_tars()
other_things()
