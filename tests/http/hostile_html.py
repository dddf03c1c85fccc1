"""What a browser would see in an answer, and whether anything in it could act: for the tests with hostile input."""
import html.parser
import re

# security.md 6.3, with the attributes that our writer gives them; href and src are judged on their own.
TEXT = {
    "p": "", "em": "", "strong": "", "del": "", "pre": "tabindex", "code": "", "blockquote": "", "ul": "", "ol": "start",
    "li": "class id", "hr": "", "br": "", "table": "", "thead": "", "tbody": "", "tr": "", "th": "scope class", "td": "class",
    "input": "type disabled checked aria-label", "sup": "class", "section": "class aria-label", "span": "class",
    "div": "class role tabindex aria-label", "a": "class lang hreflang href rel title id aria-label", "img": "src alt title loading width height", "mark": "",
    **{f"h{n}": "id" for n in range(1, 7)},
}
CLASSES = set("is-left is-centre is-right is-missing is-outside h-edit note-mark note-back notes wide task host".split())
# Never in any page of ours, whoever wrote what.
FORBIDDEN = set("style iframe frame frameset object embed applet base svg math template noscript xmp plaintext audio video "
                "source track marquee portal slot".split())
SCHEMES = {"http", "https", "mailto", "tel"}
ADDRESSES = ("href", "src", "action", "formaction", "data", "poster", "cite", "background", "ping", "srcset", "xlink:href")


def address_fault(value):
    """Why an address is not one of ours and of no allowed scheme; None where it is good."""
    if re.search(r"[\x00-\x20\x7f\\]", value):
        return "control bytes or a backslash"
    if value.startswith("//"):
        return "another host without a scheme"
    scheme = re.match(r"([^/?#]*?):", value)
    if scheme and scheme.group(1).lower() not in SCHEMES:
        return "scheme " + scheme.group(1)
    return None


class Reader(html.parser.HTMLParser):
    """Collects the faults of a page, or of a piece of an article's text where `text` is true."""

    def __init__(self, source, text=False):
        super().__init__(convert_charrefs=True)
        self.text, self.faults, self.open, self.ids = text, [], [], set()
        self.feed(source)
        self.close()
        if text and self.open:
            self.faults.append(f"not closed: {self.open}")

    def handle_starttag(self, tag, attributes):
        names = [n for n, _ in attributes]
        if len(names) != len(set(names)):
            self.faults.append(f"<{tag}> has an attribute twice")
        if self.text:
            self.judge_text(tag, dict(attributes))
        elif tag in FORBIDDEN:
            self.faults.append(f"<{tag}>")
        for name, value in attributes:
            if name.startswith("on") or name in ("style", "srcdoc", "http-equiv", "srcset", "ping"):
                self.faults.append(f"<{tag} {name}>")
            if name in ADDRESSES and address_fault(value or ""):
                self.faults.append(f"<{tag} {name}={value!r}>: {address_fault(value or '')}")
        if tag == "script" and not re.fullmatch(r"/static/[0-9a-f]+/[\w.-]+\.js", dict(attributes).get("src") or ""):
            self.faults.append(f"<script {attributes}>")
        if tag not in ("br", "hr", "img", "input", "meta", "link", "wbr", "col"):
            self.open.append(tag)

    def judge_text(self, tag, attributes):
        if tag not in TEXT:
            self.faults.append(f"<{tag}> in a text")
            return
        for name, value in attributes.items():
            if name not in TEXT[tag].split():
                self.faults.append(f"<{tag} {name}> in a text")
            if name == "class" and not set((value or "").split()) <= CLASSES:
                self.faults.append(f'class "{value}" in a text')
            if name == "id" and not re.fullmatch(r"(h|fn|fnref|note|n)[a-z0-9-]*", value or ""):
                self.faults.append(f'id "{value}" in a text')
        if tag == "input" and attributes.get("type") != "checkbox":
            self.faults.append(f"<input {attributes}> in a text")
        if tag == "img" and not (attributes.get("src") or "").startswith("/f/"):
            self.faults.append(f"<img {attributes}> in a text")

    def handle_endtag(self, tag):
        if self.open and self.open[-1] == tag:
            self.open.pop()
        elif self.text:
            self.faults.append(f"</{tag}> closes nothing")

    def handle_data(self, data):
        if self.open and self.open[-1] == "script" and data.strip():
            self.faults.append(f"a script inside the page: {data[:80]!r}")

    def handle_comment(self, data):
        self.faults.append(f"a comment: {data[:80]!r}")

    def handle_decl(self, decl):
        if decl.lower() != "doctype html" or self.text:
            self.faults.append(f"a declaration: {decl[:80]!r}")

    def handle_pi(self, data):
        self.faults.append(f"an instruction: {data[:80]!r}")

    def unknown_decl(self, data):
        self.faults.append(f"an unknown declaration: {data[:80]!r}")
