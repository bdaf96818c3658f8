# SPDX-FileCopyrightText: 2026 The Proofsheet authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes ordinary archives in the ways in which ordinary programs write them; prints their names."""

import gzip
import io
import os
import random
import sys
import tarfile
import zipfile

OUT = sys.argv[1]

INNER = io.BytesIO()
with zipfile.ZipFile(INNER, "w") as inside:
    inside.writestr("../x", "never opened")
FILES = [("a.txt", b"first"), ("folder/\u00e4 b.txt", b"second"),
         ("folder/deep/big.bin", random.Random(2).randbytes(100_000) * 3), ("inner.zip", INNER.getvalue())]


def zip_file(name, method, streamed=False, zip64=False, comment=b""):
    path = os.path.join(OUT, name)
    with open(path, "wb") as raw:
        target = raw
        if streamed:
            target = io.BufferedWriter(Unseekable(raw))
        with zipfile.ZipFile(target, "w", method) as archive:
            archive.comment = comment
            if not streamed:
                archive.mkdir("folder") if hasattr(archive, "mkdir") else archive.writestr("folder/", b"")
            for member, data in FILES:
                with archive.open(zipfile.ZipInfo(member), "w", force_zip64=zip64) as file:
                    file.write(data)
        if streamed:
            target.flush()
            target.detach()
    print(name)


class Unseekable(io.RawIOBase):
    """A pipe, as far as zipfile can tell: sizes come behind the data."""

    def __init__(self, raw):
        self.raw_file = raw

    def writable(self):
        return True

    def write(self, data):
        return self.raw_file.write(data)


def tar_file(name, form, folder_first=True, dotted=False):
    path = os.path.join(OUT, name)
    with tarfile.open(path, "w:gz" if name.endswith("gz") else "w", format=form) as archive:
        if folder_first:
            for folder in ([".", "./folder", "./folder/deep"] if dotted else ["folder", "folder/deep"]):
                info = tarfile.TarInfo(folder)
                info.type = tarfile.DIRTYPE
                archive.addfile(info)
        for member, data in FILES:
            info = tarfile.TarInfo("./" + member if dotted else member)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    print(name)


zip_file("stored.zip", zipfile.ZIP_STORED)
zip_file("deflated.zip", zipfile.ZIP_DEFLATED)
zip_file("commented.zip", zipfile.ZIP_DEFLATED, comment=b"PK\5\6 is no end")
zip_file("zip64.zip", zipfile.ZIP_DEFLATED, zip64=True)
zip_file("streamed.zip", zipfile.ZIP_DEFLATED, streamed=True)
tar_file("ustar.tar", tarfile.USTAR_FORMAT)
tar_file("pax.tar", tarfile.PAX_FORMAT)
tar_file("gnu.tar", tarfile.GNU_FORMAT)
tar_file("gnu.tar.gz", tarfile.GNU_FORMAT)
tar_file("dotted.tar.gz", tarfile.PAX_FORMAT, dotted=True)
tar_file("plain.tar", tarfile.PAX_FORMAT, folder_first=False)
with open(os.path.join(OUT, "plain.tar"), "rb") as plain:
    content = plain.read()
with open(os.path.join(OUT, "members.tar.gz"), "wb") as members:  # several gzip members in a row, and padding
    members.write(gzip.compress(content[:1000]) + gzip.compress(content[1000:]) + b"\0" * 100)
print("members.tar.gz")
