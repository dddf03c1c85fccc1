"""Documents made by tests, and those of the test data."""
import io
import os
import zipfile
import zlib

import harness

FOLDER = os.path.join(harness.DATA, "documents")


def packed(**members):
    """A ZIP archive; "__" in a name stands for "/"."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as z:
        for name, content in members.items():
            z.writestr(name.replace("__", "/"), content)
    return out.getvalue()


TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'


def docx(body, head=""):
    xml = f'<?xml version="1.0"?>{head}<w:document xmlns:w="w"><w:body>{body}</w:body></w:document>'
    return packed(**{"[Content_Types].xml": TYPES, "word/document.xml": xml})


def paragraph(words):
    return f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>"


def xlsx():
    sheet = '<worksheet><sheetData><row><c t="s"><v>1</v></c><c><v>42</v></c></row>' \
            '<row><c t="inlineStr"><is><t>inline</t></is></c></row></sheetData></worksheet>'
    return packed(**{"[Content_Types].xml": TYPES, "xl/workbook.xml": '<workbook><sheets><sheet name="Qoidalar"/></sheets></workbook>',
                     "xl/sharedStrings.xml": "<sst><si><t>zero</t></si><si><r><t>el</t></r><r><t>chi</t></r></si></sst>",
                     "xl/worksheets/sheet1.xml": sheet})


def pptx():
    slide = "<p:sld xmlns:p='p' xmlns:a='a'><a:p><a:r><a:t>{}</a:t></a:r></a:p></p:sld>"
    return packed(**{"[Content_Types].xml": TYPES, "ppt/slides/slide10.xml": slide.format("tenth"),
                     "ppt/slides/slide2.xml": slide.format("second")})


def odt(body, manifest=""):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as z:
        z.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        z.writestr("META-INF/manifest.xml", f"<m>{manifest}</m>")
        z.writestr("content.xml", f'<o xmlns:text="t"><text:tracked-changes><text:p>gone</text:p></text:tracked-changes>{body}</o>')
    return out.getvalue()


def pdf(stream, extra=b""):
    body = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n" \
           b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>endobj\n"
    packed_stream = zlib.compress(stream, 9)
    body += b"4 0 obj<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream endobj\n" % (len(packed_stream), packed_stream)
    body += b"5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n" + extra
    return body + b"trailer<</Root 1 0 R>>\n%%EOF\n"


def corpus():
    """Of each document of the test data: its name, three facts about it, words of it; None where that is absent."""
    if not os.path.exists(os.path.join(FOLDER, "index.tsv")):
        return None
    with open(os.path.join(FOLDER, "index.tsv")) as f:
        return [line.rstrip("\n").split("\t") for line in f][1:]


def path(name):
    return os.path.join(FOLDER, "files", name)
