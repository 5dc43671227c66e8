"""Every sentence and button label of one language, by key. Filling one is template.py."""

import html
from collections.abc import Mapping
from types import MappingProxyType

from flows.template import Template, parse_template, without_tags

_NO_VALUES: Mapping[str, object] = MappingProxyType({})


class Markup(str):
    """Telegram HTML that is ready: put into a sentence as it is."""

    __slots__ = ()


class Texts:
    """Texts and button labels of one language, parsed once.

    A slot whose value is missing, None or "" is empty; the compiler has checked the slots.
    """

    def __init__(
        self,
        texts: Mapping[str, str],
        buttons: Mapping[str, str],
        phrases: Mapping[str, str],
    ) -> None:
        """Parse everything; raises TemplateError (the compiler has found it before)."""
        self._sources = {"texts": dict(texts), "buttons": dict(buttons)}
        self._texts = {key: parse_template(text) for key, text in texts.items()}
        self._plain = {key: parse_template(_readable(text)) for key, text in texts.items()}
        self._buttons = {key: parse_template(text) for key, text in buttons.items()}
        self.phrases: Mapping[str, str] = MappingProxyType(dict(phrases))

    def completed_by(self, other: "Texts") -> "Texts":
        """These texts, with whatever is missing here taken from `other`."""
        both = Texts({}, {}, {**other.phrases, **self.phrases})
        both._sources = self._sources  # what is taken from elsewhere is not written here
        both._texts = {**other._texts, **self._texts}
        both._plain = {**other._plain, **self._plain}
        both._buttons = {**other._buttons, **self._buttons}
        return both

    def written(self, section: str) -> Mapping[str, str]:
        """What the owner wrote, by key; `section` is "texts" or "buttons"."""
        return self._sources[section]

    def has(self, key: str) -> bool:
        """True when there is a text of that key."""
        return key in self._texts

    def has_label(self, key: str) -> bool:
        """True when there is a button label of that key."""
        return key in self._buttons

    def names(self, key: str) -> frozenset[str]:
        """The slots of a text, so that nobody works out a value that is not asked for."""
        return self._texts[key].names

    def render(self, key: str, values: Mapping[str, object] = _NO_VALUES) -> str:
        """Telegram HTML: values are escaped unless they are Markup. KeyError for an unknown key."""
        return self._texts[key].fill(values, _escaped)

    def label(self, key: str, values: Mapping[str, object] = _NO_VALUES) -> str:
        """A button label, plain text. KeyError for an unknown key."""
        return _plain(self._buttons[key], values)

    def plain(self, key: str, values: Mapping[str, object] = _NO_VALUES) -> str:
        """The text without HTML, for toasts and alerts. KeyError for an unknown key."""
        return _plain(self._plain[key], values)


def _plain(template: Template, values: Mapping[str, object]) -> str:
    return template.fill(values, _unescaped)


def _escaped(value: object) -> str:
    return value if isinstance(value, Markup) else html.escape(str(value), quote=False)


def _unescaped(value: object) -> str:
    return _readable(value) if isinstance(value, Markup) else str(value)


def _readable(source: str) -> str:
    return html.unescape(without_tags(source))
