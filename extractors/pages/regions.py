"""Which parts of a page are navigation, footer and other boilerplate: by tags, roles, class and id words, link density.

The words are data below. Never a rule on what a sentence says, save a line that only states a copyright, a version or
what readers made of the page.
"""

import re
from functools import lru_cache

from extractors.language.lexicon import words
from extractors.language.patterns import YEAR
from extractors.pages.blocks import Block, Zone
from extractors.pages.dom import Element
from extractors.pages.values import is_year

_SURE_TAGS = words("nav menu select datalist")
SUSPECT_TAGS = _SURE_TAGS | {"footer", "header"}
"""They may open a zone without any attribute."""
_SURE_ROLES = {"navigation", "contentinfo", "search", "menu", "menubar", "menuitem", "toolbar"}
# One of these as a word of its own in a class or id ("main-nav", "siteNav", "cookie_bar").
_WORDS = words(
    """
    nav navbar navigation subnav sitenav mainnav topnav navi menu submenu megamenu breadcrumb breadcrumbs
    crumb crumbs pathway gdpr onetrust
    cookiebot cookieconsent skiplink pagination pager topbar masthead colophon sharethis addthis addtoany sharedaddy
    hamburger offcanvas sitemap
    """
)
# These words only as the whole name, or with such a word before or after them: "card-footer" is content.
_PLACE = r"(?:site|page|global|main|app|web|the|wrap(?:per)?|container|inner|outer|bar|area|section|content|top|bottom)"
_WHOLE = re.compile(
    rf"(?:{_PLACE}[-_ ]++)*+(?:footer|foot|copyright)(?:[-_ ]++{_PLACE}|[-_ ]?\d++)*+"
    r"|(?:\w+[-_])?(?:cookies?|consent|privacy)(?:[-_]?(?:cookies?|consent|banner|bar|notice|notification|popup|policy|law"
    r"|message|modal|overlay|alert|warning|info|disclaimer|manager|sdk|wrapper|container|box|dialog|tracking))+|cookies?"
    r"|skip(?:[-_](?:link|links|to|nav|content|main|navigation))+"
    r"|social[-_ ](?:share|links?|icons?|media|bar|buttons?|list|widget|tools)"
    r"|share(?:[-_ ](?:links?|icons?|media|bar|buttons?|widget|tools))?"
    r"|build[-_ ]?(?:version|info|number|no)|(?:site|app|page)[-_ ]?version|version"
    r"|legal[-_ ](?:links?|notice|footer)|utility[-_ ]?(?:links?|bar|nav)"
)
_ELSEWHERE = re.compile(
    r"related(?:[-_ ](?:content|links?|posts?|stories|news|articles|pages|reading|topics|navigation))*"
    r"|(?:recent|latest|popular|similar|recommended|suggested)[-_](?:posts?|articles?|stories|news|reads|reading|blogs?)"
    r"|(?:you[-_](?:may|might)[-_])?also[-_]like|read[-_]next|up[-_]next|see[-_]also|further[-_]reading"
    r"|comments(?:[-_](?:area|list|section|thread|form|wrap(?:per)?))?|comment[-_](?:area|list|section|thread)"
)
"""Other pages, and what readers wrote below: each may be an article of its own."""
_HEADER = re.compile(rf"(?:{_PLACE}[-_ ]++)*+(?:header|banner)(?:[-_ ]++{_PLACE}|[-_ ]?\d++)*+")
_NOT_WORDS = re.compile(
    r"(?:^|[\s_-])(?:no|has|with|hide|is)[-_](?:nav|menu|cookies?|consent|breadcrumbs?|footer|header)\b", re.IGNORECASE
)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_TOKEN = re.compile(r"[A-Za-z]+")
# The root of the page carries words about its state ("menu-closed"); they say nothing of its content.
_NEVER = {"html", "body", "main", "article"}
_MAX_NAMES = 300
"""Characters of a class or id attribute that are looked at."""
_MENU_ENTRY = 30
"""Characters on average up to which the links of a list are a menu; titles of news are longer."""
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)\s*(?:19|20)\d\d|copyright\s*(?:©|\(c\)|(?:19|20)\d\d|by\s)|copyright\b.{1,160}\brights reserved)",
    re.IGNORECASE,
)
_DATED_MARK = re.compile(rf"[·•] ?© ?{YEAR}\b")
"""Such a part of a line of addresses and registers: "Charity no. 219 · © 2022 Harbour Trust"."""
_VERSION = re.compile(
    r"(?:v(?:er(?:sion)?)?\.?\s?|build\s)?\d++(?:\.\d++){2,}(?:[.-][A-Za-z0-9]{1,8})?|(?:v|version|build)\.?\s?\d++(?:\.\d++)*+",
    re.I,
)

_REACTED = r"(?:likes?|shares?|comments?|retweets?|reposts?|reactions?|claps|tweets?|pins?)"
_REACTIONS = re.compile(
    rf"(?:\d[\d.,]{{0,9}}\s?k?\s{_REACTED}\W{{0,3}}){{2,6}}|\d[\d.,]{{0,9}}\s?k?\s(?:likes|retweets|reposts|claps)|"
    rf"(?:{_REACTED}[\s:]?\d[\d.,]{{0,9}}\s?k?\W{{0,3}}){{1,6}}|"
    r"(?:yes|no|photos?|videos?|comments?|images|gallery|albums?|replies|tags?)\s?\(\d{1,6}\)",
    re.IGNORECASE,
)


@lru_cache(maxsize=4096)
def _suspicious(name: str) -> str:
    if _NOT_WORDS.search(name):
        name = _NOT_WORDS.sub(" ", name)
    for one in _CAMEL.sub("-", name).lower().split():
        if _HEADER.fullmatch(one):
            return "header"
        if _ELSEWHERE.fullmatch(one):
            return "elsewhere"
        if _WHOLE.fullmatch(one) or not _WORDS.isdisjoint(_TOKEN.findall(one)):
            return "words"
    return "none"


def suspicion(tag: Element, in_main: bool) -> str:
    """Say why this element may open a zone of boilerplate: `none`, `sure`, `words`, `elsewhere` or `header`."""
    name, attrs = tag.tag, tag.attributes
    if name in _SURE_TAGS:
        return "sure"
    if name == "footer":
        return "none" if in_main else "sure"
    if name == "header":
        return "none" if in_main else "header"
    if not attrs or name in _NEVER:
        return "none"
    role = attrs.get("role")
    if role is not None:
        if role in _SURE_ROLES:
            return "sure"
        if role == "banner":
            return "header"
    if any("readcrumb" in attrs.get(key, "") for key in ("itemtype", "typeof", "aria-label")):
        return "sure"
    found = "none"
    for key in ("class", "id"):
        value = attrs.get(key)
        if value:
            found = _suspicious(value[:_MAX_NAMES])
            if found != "none":
                break
    return "none" if found == "header" and in_main else found


def judge(zones: list[Zone], page_prose: int) -> None:
    """Decide for each zone whether it is boilerplate, once its text has been measured.

    A header is boilerplate when it holds navigation and little prose. A zone suspected by its words only is content
    after all when it holds most of the page's prose. A list of nothing but short links outside the main part is a menu.
    """
    for zone in zones:
        if zone.suspicion == "sure":
            zone.boilerplate = True
        elif zone.suspicion in ("words", "elsewhere"):
            zone.boilerplate = not (zone.prose > 600 and zone.prose * 2 > page_prose)
        elif zone.suspicion == "header":
            zone.boilerplate = (zone.has_nav and zone.prose <= 80) or zone.linked > zone.prose
        elif zone.suspicion == "links":
            short = zone.linked <= _MENU_ENTRY * zone.blocks and zone.prose * 10 <= zone.linked
            zone.boilerplate = short and zone.blocks >= 3 and zone.figures * 3 <= zone.blocks


def is_imprint(block: Block) -> bool:
    """A line that only states a copyright, a version or what readers made of the page ("1.2K likes 318 shares")."""
    text = block.text
    if len(text) > 250:
        return False
    if any(_COPYRIGHT.match(part.lstrip()) for part in text.split("|")) or _DATED_MARK.search(text):
        return True
    if len(text) < 80 and _REACTIONS.fullmatch(text):
        return True
    return len(text) < 40 and _VERSION.fullmatch(text) is not None and not is_year(text)  # no "21.10.2014"
