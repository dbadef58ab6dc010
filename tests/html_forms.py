"""A form of a page, filled as a person without JavaScript would."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin

Attributes = dict[str, str]


@dataclass
class Form:
    """Its address, what it would send as it stands, and the controls left to fill."""

    action: str
    fields: list[tuple[str, str]] = field(default_factory=list)
    controls: list[Attributes] = field(default_factory=list)
    buttons: list[tuple[str, str]] = field(default_factory=list)

    def filled(self) -> list[tuple[str, str]]:
        """Every control answered: first choice, first box, a plausible value elsewhere; the first button."""
        values, answered = list(self.fields), {name for name, _ in self.fields}
        for control in self.controls:
            name = control.get("name", "")
            if not name or name in answered or "disabled" in control:
                continue
            answered.add(name)
            values.append((name, value_for(control)))
        return values + self.buttons[:1]


def value_for(control: Attributes) -> str:
    """A value the control accepts."""
    kind = control.get("type", "text")
    if kind in {"radio", "checkbox", "select"}:
        return control.get("value", "on")
    if kind in {"number", "range"} or control.get("inputmode") in {"numeric", "decimal"}:
        return control.get("min") or "1"
    return "2020-01-01" if kind == "date" else control.get("data-example", "Réponse")


class FormReader(HTMLParser):
    """Reads the forms inside `<main>` that are sent by post."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self.address, self.forms = address, list[Form]()
        self.is_inside, self.current, self.select = False, None, ""
        self.current: Form | None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "main":
            self.is_inside = True
        elif tag == "form" and self.is_inside and given.get("method", "").lower() == "post":
            self.current = Form(urljoin(self.address, given.get("action") or self.address))
            self.forms.append(self.current)
        elif self.current is not None:
            self.read_control(tag, given, self.current)

    def read_control(self, tag: str, given: Attributes, form: Form) -> None:
        kind = given.get("type", "submit" if tag == "button" else "text")
        if tag == "input" and kind == "hidden":
            form.fields.append((given.get("name", ""), given.get("value", "")))
        elif (tag == "button" and kind == "submit") or (tag == "input" and kind == "submit"):
            form.buttons += [(given["name"], given.get("value", ""))] if given.get("name") else []
        elif tag == "select":
            self.select = given.get("name", "")
        elif tag == "option" and self.select and given.get("value"):
            form.controls.append({"name": self.select, "type": "select", "value": given["value"]})
        elif tag in {"input", "textarea"} and given.get("tabindex") != "-1":
            form.controls.append(given)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.current = None
        elif tag == "main":
            self.is_inside = False
        elif tag == "select":
            self.select = ""


def forms_of(html: str, address: str) -> list[Form]:
    """The forms of a page's main part, in order."""
    reader = FormReader(address)
    reader.feed(html)
    return reader.forms
