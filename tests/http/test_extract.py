#!/usr/bin/env python3
"""The child that reads documents, alone: what it gives of each kind, documents that lie, blow up or look elsewhere, what
it may do, and every document of the test data."""
import io
import os
import re
import sys
import zipfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import documents
import extract_child
import harness
from documents import TYPES, docx, odt, packed, paragraph, pdf, pptx, xlsx

check = harness.Checks()


def the_child():
    """The child alone: what each kind of document gives, and hostile ones that end in it."""
    gives = lambda file, extension, words: check(extract_child.extract(file, extension) == ("text", words),
                                                 f"{extension}: {extract_child.extract(file, extension)}")
    gives(docx(paragraph("Birinchi") + paragraph("a &lt;b&gt;<w:tab/>c")), "docx", "Birinchi\na <b>\tc")
    gives(docx('<mc:Fallback xmlns:mc="m"><w:p><w:r><w:t>twice</w:t></w:r></w:p></mc:Fallback>' + paragraph("once")),
          "docx", "once")
    gives(xlsx(), "xlsx", "Qoidalar\nelchi\t42\ninline")
    gives(pptx(), "pptx", "second\n\ntenth".replace("\n\n", "\n"))
    gives(odt('<text:p>bir<text:s text:c="2"/>ikki<text:tab/>uch</text:p><text:h>to‘rt</text:h>'), "odt",
          "bir ikki\tuch\nto‘rt")

    why = lambda file, extension: extract_child.extract(file, extension)
    refused = lambda file, extension, words: check(why(file, extension) == ("refused", words),
                                                   f"{extension} {words}: {why(file, extension)}")
    refused(docx(paragraph("&xxe;"), '<!DOCTYPE a [<!ENTITY xxe SYSTEM "file:///etc/passwd">]>'), "docx",
            "The file holds a document type, which is not read.")
    lol = "".join(f'<!ENTITY l{i} "{"&l%d;" % (i - 1) * 10 if i else "lol"}">' for i in range(10))
    refused(docx(paragraph("&l9;"), f"<!DOCTYPE a [{lol}]>"), "docx",
            "The file holds a document type, which is not read.")
    refused(docx(paragraph("&nothing;")), "docx", "The file is damaged.")
    refused(docx("<w:p>" * 100000), "docx", "The file is nested too deeply.")
    refused(odt("", "<encryption-data/>"), "odt", "The file is protected by a password.")
    refused(packed(**{"[Content_Types].xml": TYPES, "word/other": "x"}), "docx", "The file lacks its main part.")
    refused(docx("<w:p/>" + " " * (40 << 20)), "docx", "The file unpacks to more than can be read.")
    # Packed forty times: no ratio gives it away, only its length.
    block = b"".join(os.urandom(12).hex().encode() + b" " * 1000 for _ in range(1024))
    refused(docx("<w:p/>" + (block * 140).decode()), "docx", "The file unpacks to more than can be read.")
    many = io.BytesIO()
    with zipfile.ZipFile(many, "w") as z:
        for i in range(10001):
            z.writestr(f"word/document{i}.xml", "")
    refused(many.getvalue(), "docx", "The file unpacks to more than can be read.")
    whole = docx(paragraph("x" * 1000))
    for cut in range(1, len(whole), 37):
        check(why(whole[:cut], "docx")[0] == "refused", f"a document cut at {cut}")
    for at in range(0, len(whole), 11):
        broken = bytearray(whole)
        broken[at] ^= 0xff
        check(why(bytes(broken), "docx")[0] in ("refused", "text"), f"a document broken at {at}")


def pdf_child():
    kind, words = extract_child.extract(pdf(b"BT /F 12 Tf 20 200 Td (Protokol 42) Tj ET"), "pdf")
    if kind == "failed":
        check.skip("PDF: libpoppler-glib is not here")
        return
    check((kind, words) == ("text", "Protokol 42"), f"a PDF gives {kind} {words!r}")
    check(extract_child.extract(b"%PDF-1.7\n" + os.urandom(3000), "pdf")[0] == "refused", "noise that calls itself PDF")
    whole = pdf(b"BT /F 12 Tf 20 200 Td (Protokol 42) Tj ET")
    for cut in range(10, len(whole), 60):
        check(extract_child.extract(whole[:cut], "pdf")[0] in ("refused", "text"), f"a PDF cut at {cut}")
    # 60 MB of commands in 60 kB: whatever comes of it, it ends.
    bomb = pdf(b"BT /F 12 Tf 20 200 Td (Protokol) Tj ET\n" * 1500000)
    check(extract_child.extract(bomb, "pdf")[0] in ("text", "refused", "lost"), "a PDF that unpacks to 60 MB")


def sealed():
    with extract_child.Child(b"some words") as child:
        status = open(f"/proc/{child.process.pid}/status").read()
        check(re.search(r"^NoNewPrivs:\s+1$", status, re.M), "the child gains no rights")
        if "sanitize" not in os.environ.get("SAN", "") and not os.environ.get("SAN"):
            check(re.search(r"^Seccomp:\s+2$", status, re.M), "the child is behind a filter")
        check(child.ask(64, 99)[0] == 3, "a type that does not exist is refused")
        check(child.ask(99, 6)[0] == 3, "a message that does not exist is refused")
        check(child.ask(64, 6) == (65, "some words"), "and it goes on")


def corpus():
    """Every document: its words, or a reason."""
    rows = documents.corpus()
    if rows is None:
        check.skip("the documents of the test data")
        return
    read = refused = others = 0
    for row in rows:
        name, sample = row[0], (row[4] if len(row) > 4 else "").split()
        extension = name.rsplit(".", 1)[-1].lower()
        if extension not in extract_child.TYPES:
            others += 1
            continue
        kind, words = extract_child.extract(documents.path(name), extension)
        if kind == "refused":
            refused += 1
            check(words.endswith("."), f"{name}: a sentence says why: {words}")
            continue
        read += check(kind == "text", f"{name}: {kind} {words}")
        # The sample words of RTF come from a tool that writes its own name first.
        if extension == "rtf":
            continue
        missing = [w for w in sample if w not in words]
        check(len(missing) * 4 <= len(sample), f"{name}: lacks {missing}")
    check(refused <= 6 and read >= 100, f"{read} read, {refused} refused, {others} of other types")


def main():
    the_child()
    pdf_child()
    sealed()
    corpus()
    return check.end()


sys.exit(main())
