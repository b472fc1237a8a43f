"""The XML of a workbook's parts: read as a stream, without entities, without depth."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax import SAXException

from defusedxml.common import DefusedXmlException
from defusedxml.expatreader import DefusedExpatParser

from auditdesk.exchange.package import damaged

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_DEEPEST = 64


class Listener:
    """Is told of each element by its name without prefix, and of the text in between."""

    def begin(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""

    def text(self, text: str) -> None:
        """Some of an element's text."""

    def end(self, name: str) -> None:
        """An element ends."""


class _Parser(DefusedExpatParser):  # type: ignore[misc]  # the library has no types
    """defusedxml's parser, with expat calling the listener without SAX in between."""

    def __init__(self, listener: Listener) -> None:
        self._told, self._depth = listener, 0
        super().__init__(forbid_dtd=True)

    def reset(self) -> None:
        super().reset()
        self._parser.StartElementHandler = self._begin
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._told.text

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise damaged("嵌套过深", "it is nested too deeply")
        self._told.begin(name.rpartition(":")[2], attributes)

    def _end(self, name: str) -> None:
        self._depth -= 1
        self._told.end(name.rpartition(":")[2])


def parse(chunks: Iterable[bytes], listener: Listener) -> None:
    """Read one part and tell the listener what is in it.

    Raises:
        UnusableInputError: it declares entities or a type, or is no XML.
    """
    parser = _Parser(listener)
    try:
        for chunk in chunks:
            parser.feed(chunk)
        parser.close()
    except DefusedXmlException as error:
        raise damaged("含有 XML 实体或类型声明", "it declares XML entities or types") from error
    except (SAXException, ValueError, LookupError) as error:
        raise damaged("XML 读不出来", "its XML cannot be read") from error


def local(attributes: Mapping[str, str], name: str) -> str:
    """An attribute by its name without prefix; empty where there is none."""
    if name in attributes:
        return attributes[name]
    return next((v for key, v in attributes.items() if key.rpartition(":")[2] == name), "")
