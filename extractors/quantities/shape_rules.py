"""Which digits are no statistics by their shape, as rules: phone numbers, statutes, addresses, times of day, codes.

`SIGNED` hold whatever else the digits could be, and stand before dates; `BARE` are tried on digits that no date takes.
Numbers named by the word before them stand in `leads`. Every repetition around a group is bounded.
"""

import re
from collections.abc import Callable

from extractors.language.lexicon import NUMBERED_COMPANIES
from extractors.language.patterns import YEAR, any_of
from extractors.language.units import TO_A_POWER
from extractors.quantities import shapes
from extractors.quantities.candidates import Excluded, Run
from extractors.quantities.shapes import END, EXT, SEP, Shape
from extractors.records import NumeralClass
from extractors.rules import Rule

_HOUSE = (
    r"\d{1,5}+[A-Za-z]?(?:-\d{1,5})?\s(?:[NSEW]\.?\s)?"
    r"(?!(?:the|of)\s)(?:(?:[A-Z][\w'’.-]{0,20}|\d{1,3}(?:st|nd|rd|th)|of|the|de|la)\s){1,4}"
)
_LAW_REPORT = r"(?:[A-Z][A-Za-z]{0,6}[A-Z][A-Za-z.]{0,6}|[A-Z]\.[A-Z.]{1,8}|All\sER|Ch|Fam|Lloyd's\sRep)"
_SAYS: dict[str, NumeralClass] = {
    "scale": "reference", "statute": "reference", "citation": "reference", "reference": "reference",
    "time_of_day": "time", "availability": "time", "event": "date", "year": "date", "idiom": "idiom",
}  # fmt: skip
"""The class that goes with a reason; all others name a thing."""


def _shape(
    name: str,
    reason: str,
    wording: str,
    holds: Callable[[re.Match[str]], bool] | None,
    before: tuple[str, ...],
    example: str,
    near_miss: str,
    signed: bool = False,
) -> Rule[Run, Excluded]:
    read = Shape(reason, _SAYS.get(reason, "identifier"), wording, holds, signed)
    return Rule(name, read, before, (example,), (near_miss,))


SIGNED = [
    _shape(
        "thousands", "scale", r"000s?(?!\w|[.,]\d)", shapes.thousands, ("code.zero",),
        "All amounts are in $[000]s. -> reference scale", "All amounts are below $[900]. -> fact", True,
    ),
    _shape(
        "phone.international", "phone_number", rf"\(?\+\s?\(?\d(?:{SEP}\d){{6,16}}{EXT}{END}", None, (),
        "The desk has +[44] 20 7946 0958. -> identifier phone_number", "The herd grew by +[44] in May. -> fact", True,
    ),
    _shape(
        "phone.bracketed", "phone_number",
        rf"(?:\d[-. ]?)?\(\s?\d{{2,5}}\s?\)[\s.-]{{0,2}}\d{{2,9}}(?:[\s.-]\d{{2,6}}){{0,3}}{EXT}{END}",
        shapes.eight_digits_no_year, ("name.glued",),
        "The desk has ([877]) 555-0133. -> identifier phone_number", "Some guests (about [877]) came. -> fact", True,
    ),
    _shape(
        "phone.ten_digits", "phone_number", rf"(?:\+?1[-. ])?\d{{3}}(?P<s>[-. ])\d{{3}}(?P=s)\d{{4}}{EXT}{END}",
        None, ("phone.parted", "code.parted", "version"),
        "The desk has [837.824.1482] x. -> identifier phone_number", "The desk has [837] drawers. -> fact", True,
    ),
    _shape(
        "phone.word_end", "phone_number", r"\d{3}[-. ]\d{3}[-. ][A-Z]{4}\b(?:\s?\(\d{4}\))?", None, ("phone.lettered",),
        "The desk has [800]-555-BOAT (2628). -> identifier phone_number", "The desk has [800] drawers. -> fact", True,
    ),
    _shape(
        "phone.lettered", "phone_number",
        r"(?:1[-. ]\(?8\d\d\)?[-. ]|8\d\d-|0800[- ])(?=[A-Z0-9-]{0,12}[A-Z]{2})"
        r"[A-Z0-9]{2,12}(?:-[A-Z0-9]{2,12}){0,4}\b", None, ("phone.cue",),
        "Our line, [1]-800-KEEP-BEES, is free. -> identifier phone_number", "Our line is [1] of a kind. -> fact", True,
    ),
    _shape(
        "registered", "identifier", r"(?:SC)?\d{5,8}(?=\))", shapes.registered, (),
        "A charity registered in Wales ([219432]) runs it. -> identifier identifier",
        "A charity with members ([219432]) runs it. -> fact",
        True,
    ),
    _shape(
        "phone.emergency", "phone_number", r"(?:911|999)(?=\)?\s(?:calls?|dispatch|operator|emergency|system|cent))",
        None, (), "The town took many [911] calls. -> identifier phone_number",
        "The town took [912] calls. -> fact", True,
    ),
    _shape(
        "phone.lifeline", "phone_number",
        r"(?:988|112|211|311|116\s?\d{3})(?=\s(?:\w{1,20}\s&?\s?)?(?i:lifeline|helpline|hotline))|"
        r"(?:(?<=\bon )|(?<=\bcall )|(?<=\bring ))116\s\d{3}\b", None, (),
        "The [988] lifeline never sleeps. -> identifier phone_number", "The [987] helplines never sleep. -> fact", True,
    ),
    _shape(
        "statute.code", "statute",
        r"\d{1,3}+\s(?i:U\.?\s?S\.?\s?C\.?(?:\s?A\.?)?|C\.?\s?F\.?\s?R\.?|Fed\.\s?Reg\.|Stat\.|F\.\s?(?:2d|3d|4th)|"
        r"F\.?R\.?|F\.\s?Supp\.(?:\s?[23]d)?|S\.\s?Ct\.|U\.S\.)\s?"
        r"(?:§{1,2}\s?|[Pp](?:arts?|ts?\.)\s|[Ss]ec(?:tions?|\.)\s)?\d[\w–-]{0,12}"
        r"(?:\.\d\w{0,6}){0,2}(?:-\d{1,4})?(?:\(\w{1,4}\)){0,5}", None, (),
        "It is a crime under [18] U.S.C. § 2258A. -> reference statute",
        "It is read in [18] U.S. states. -> fact", True,
    ),
    _shape(
        "statute.subsection", "statute",
        r"\d{1,5}+[a-zA-Z]?(?:\([a-z]{1,3}\)(?:\(\w{1,4}\)){0,4})(?![a-z])", None, (),
        "It is told in [2258](a)(1) at length. -> reference statute", "It is told in [2258] letters. -> fact", True,
    ),
    _shape(
        "statute.numbered", "statute", r"\d{1,4} of (?:18|19|20)\d\d\b", shapes.of_a_law, (),
        "The Owl Act ([19] of 1998) holds. -> reference statute", "Some [19] of 1998 owls came. -> fact", True,
    ),
    _shape(
        "statute.chapter", "statute", r"(?:(?<=\d\d, c\. )|(?<=\d\d, ch\. )|(?<=\d\d c\. ))\d{1,4}\b(?![.,]\d|\s?%)",
        shapes.counts_nothing, (),
        "It is the Owl Act 1996, c. [264]. -> reference statute", "It was in 1996, c. [264] owls came. -> fact", True,
    ),
    _shape(
        "statute.under", "statute", r"(?<=under )\d{1,4}\(\d{1,2}\)(?:\(\w{1,3}\))?", None, (),
        "It is done under [12](1) at length. -> reference statute", "It lay under [12] (old) stones. -> fact", True,
    ),
    _shape(
        "citation", "citation", r"\[\^?\d{1,3}(?:\s?[,;–-]\s?\d{1,3}){0,12}\]", None, (),
        "So much was seen [[4]]. -> reference citation", "So much was seen by [4] owls. -> fact", True,
    ),
    _shape(
        "citation.pages", "citation",
        rf"{YEAR}[a-z]?\s?[;:]\s?\d{{1,4}}(?:\sSuppl\.?(?:\s\d{{1,3}})?)?(?:\s?\(\w{{1,9}}(?:[-–]\d{{1,3}})?\))?"
        rf"\s?:\s?[A-Za-z]?\d{{1,6}}(?:\s?[-–]\s?[A-Za-z]?\d{{1,6}})?\b", None, ("calendar",),
        "It is told in Owl Stud [2018];9:210–218. -> reference citation", "Of [2018]; 9 owls. -> date year", True,
    ),
    _shape(
        "citation.issue", "citation",
        r"\d{1,4}\s?\(\d{1,5}(?:[-–]\d{1,3})?\)(?:\s?:\s?(?:pp?\.\s?)?[A-Za-z]?\d{1,6}(?:\s?[-–]\s?[A-Za-z]?\d{1,6})?|"
        r",\s(?:pp?\.\s?)?[A-Za-z]?\d{1,6}\s?[-–]\s?[A-Za-z]?\d{1,6}|,\spp?\.\s?\d{1,6})\b", None, (),
        "It is told in Owl Stud [22](3):118–131. -> reference citation", "Then [22] (3) owls came. -> fact", True,
    ),
    _shape(
        "citation.law", "citation",
        rf"\[{YEAR}\]\s(?:\d{{1,3}}\s)?{_LAW_REPORT}(?:\s\(?[A-Z][A-Za-z.]{{0,8}}\)?)?\s\d{{1,5}}\b|"
        rf"\({YEAR}\)\s\d{{1,3}}\s{_LAW_REPORT}(?:\s[A-Z]{{1,4}})?\s\d{{1,5}}\b", None, ("calendar",),
        "So says Owl v Hen [[2012]] 4 CR 310. -> reference citation", "So say [12] UK courts. -> fact", True,
    ),
    _shape(
        "always", "time_of_day", r"24[/-]7(?:/365)?\b(?![/-]\d)", None, ("phone.cue",),
        "Help is there [24]/7. -> time time_of_day", "Help came to [24] of 70 homes. -> fact", True,
    ),
    _shape(
        "availability.hours", "availability",
        r"24[- ]hours[- ](?:a|per|each|every)[- ]day"
        r"(?:,?\s(?:and\s)?(?:seven|7|five|5|six|6)[- ]days[- ](?:a|per|each)[- ]week)?"
        r"(?:,?\s(?:and\s)?(?:365|52)[- ](?:days|weeks)[- ](?:a|per|each|of the)[- ]year)?", None, (),
        "The door is open [24] hours a day. -> time availability", "They gave [2,400] hours of care. -> fact", True,
    ),
    _shape(
        "availability.days", "availability",
        r"[5-7][- ]days[- ](?:a|per|each)[- ]week\b|36[56][- ]days[- ](?:a|per|each|of the)[- ]year\b", None, (),
        "The door is open [7] days a week. -> time availability", "The barn has [7] doors. -> fact", True,
    ),
    _shape(
        "formula", "formula", r"\d{1,12}(?:[*/+^-]\d{1,12}){0,6}=\d{1,12}", None, (),
        "So we say [2]+3=5 aloud. -> identifier formula", "So we saw [2] swans. -> fact", True,
    ),
    _shape(
        "event", "event", r"9/11\b(?![/-]\d)", None, ("calendar",),
        "It began after [9]/11 and grew. -> date event", "It began with [9] of 11 boats. -> fact", True,
    ),
    _shape(
        "idiom.halves", "idiom", r"(?:50[-/–]50|80/20|20/20(?=\s(?:vision|hindsight)))\b(?![/-]\d|\s?%)",
        None, ("score",),
        "It was a [50]-50 chance. -> idiom idiom", "It was a herd of [50] cows. -> fact", True,
    ),
    _shape(
        "statute.of_a_year", "statute",
        rf"{YEAR}\s(?:Act|Convention|Protocol|Directive|Regulations?|Treaty|Declaration|Agenda)\b", None, ("calendar",),
        "The [1989] Convention holds. -> reference statute", "In [1989] we met. -> date year", True,
    ),
    _shape(
        "statute.standard", "statute", rf"{YEAR}\b(?![.,/-]\d)", shapes.of_a_standard, ("calendar",),
        "We test against OWLSZ [2005] and more. -> reference statute", "We test at OWLSZ in [2005]. -> date year", True,
    ),
    _shape(
        "statute.number", "statute", rf"{YEAR}/(?P<number>\d{{1,4}})(?:/E[UC])?(?=\W|$)", shapes.act_number, (),
        "It follows from [2021]/1232 as it stands. -> reference statute",
        "We met in [2021]/22 in Oslo. -> date fiscal_year", True,
    ),
    _shape(
        "address.street", "postal_address",
        rf"{_HOUSE}(?:(?:St|Ave|Rd|Blvd|Ln|Hwy|Pkwy)\b\.?|"
        r"(?:Street|Avenue|Road|Boulevard|Lane|Highway|Parkway|Terrace|Crescent)\b)(?:\s[NS][EW]\b)?",
        None, ("calendar",),
        "The house at [12] North Harbour Rd. is old. -> identifier postal_address",
        "In [2021] the St. Anne choir sang. -> date year", True,
    ),
    _shape(
        "address.court", "postal_address",
        rf"{_HOUSE}(?:(?:Dr|Ct|Pl|Sq)\b\.?|"
        r"(?:Drive|Way|Court|Place|Square|Close|Row|Circle|Plaza|Gardens|Quay|Wharf|Mews|Pike)\b)"
        r"(?=\s?[,.;:)]|\s(?:in|at|[NSEW]{1,2})\b|\s[A-Z]|$)", None, (),
        "Find us at [4] Abbey Court, Leeds. -> identifier postal_address", "We won in [4] courts. -> fact", True,
    ),
    _shape(
        "address.abroad", "postal_address",
        r"\d{1,4}+(?:\s?(?:bis|ter))?,?\s(?:rue|avenue|boulevard|chemin|calle|rua|via)(?=\s[A-Zdl])", None, (),
        "Find us at [14] rue de la Paix. -> identifier postal_address",
        "We planted [14] avenues of limes. -> fact", True,
    ),
    _shape(
        "reference.see", "reference",
        r"(?:(?<=see )|(?<=See ))\d{1,2}(?:\.\d{1,2}){1,3}(?=\s(?:below|above)\b|[).;,]|$)", None, (),
        "It is told at length (see [9.1] below). -> reference reference", "We see [9.1] tonnes of hay. -> fact",
    ),
    _shape(
        "citation.court", "citation", r"\d{1,2}(?:d|st|nd|rd|th)\sCir\b", None, (),
        "So it was held ([2]d Cir.) at length. -> reference citation", "So it was held by [2] courts. -> fact",
    ),
    _shape(
        "citation.note", "citation", r"(?:(?<=\[note )|(?<=\[nb )|(?<=\[n ))\d{1,3}(?=\])", None, (),
        "So much was seen[note [4]]. -> reference citation", "So much was seen (note by [4] owls). -> fact",
    ),
]  # fmt: skip

BARE = [
    _shape(
        "time.from_to", "time_of_day",
        r"\d{1,2}(?:[:.]\d\d)?(?:\s?[AaPp]\.?[Mm]\.?)?\s?(?:-|–|—|to|and|until|till)\s?\d{1,2}(?:[:.]\d\d)?\s?"
        r"(?:[AaPp]\.[Mm]\.|[AaPp][Mm]\b)", None, ("time.half_day",),
        "The shop sells from [9] to 5 p.m. daily. -> time time_of_day",
        "The shop sells from [9] to 15 pots daily. -> fact",
    ),
    _shape(
        "time.half_day", "time_of_day", r"\d{1,2}(?:[:.]\d\d){0,2}\s?(?:[AaPp]\.\s?[Mm]\.|[AaPp][Mm]\b)",
        None, ("time.clock",),
        "It begins at [5] p.m. daily. -> time time_of_day", "It begins with [5] pumps. -> fact",
    ),
    _shape(
        "time.opening", "time_of_day",
        r"(?P<h1>\d{1,2})(?:[:.]\d\d)?\s?(?:-|–|to|and|until|till)\s?(?P<h2>\d{1,2})(?:[:.]\d\d)?\b(?![.,:]?\d|\s?%)",
        shapes.opening_hours, ("score", "time.clock",), "Open from [10] to 6, Tuesday. -> time time_of_day",
        "Up from [10] to 16 boats. -> fact",
    ),
    _shape(
        "time.clock", "time_of_day", r"(?P<h>\d{1,2}):(?P<m>\d\d)(?::\d\d)?(?:Z|\b)(?!:\d)", shapes.clock, (),
        "It begins at [10]:30. -> time time_of_day", "It begins at [10] barns. -> fact",
    ),
    _shape(
        "time.other", "time_of_day", r"\d{1,2}h\d\d\b|\d{1,2}\s?o['’]clock\b|12\s(?:noon|midnight)\b", None, (),
        "It begins at [9] o'clock. -> time time_of_day", "It begins at [9] old locks. -> fact",
    ),
    _shape(
        "verse", "reference", r"\d{1,3}:\d{1,3}(?:[-–]\d{1,3})?\b", shapes.after_name, (),
        "It is told in Matthew [25]:40 too. -> reference reference", "It is told in [25] books. -> fact",
    ),
    _shape(
        "ip_address", "ip_address",
        r"(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)\b(?!\.\d)", None, ("version",),
        "It came from [10.0.0.1] again. -> identifier ip_address", "It came from [10.5] miles off. -> fact",
    ),
    _shape(
        "version", "version", r"\d{1,5}(?:\.\d{1,5}){2,6}(?:\.[A-Za-z]\w{0,6})?\b", shapes.dotted, (),
        "We run [3.2.21] now. -> identifier version", "We run [3.2] miles. -> fact",
    ),
    _shape(
        "code.vat", "identifier", r"(?:(?<=\bGB )|(?<=\bVAT ))\d{3} ?\d{4} ?\d{2}(?: ?\d{3})?\b", None,
        ("code.account", "phone.parted"),
        "The shop is VAT GB [123] 4567 89 to the office. -> identifier identifier",
        "The shop has [123] stamps. -> fact",
    ),
    _shape(
        "phone.zero", "phone_number", rf"0\d(?:{SEP}\d){{5,15}}{EXT}{END}", None, ("code.zero",),
        "The desk has [020] 7946 0018. -> identifier phone_number", "The desk has [20] drawers. -> fact",
    ),
    _shape(
        "phone.parted", "phone_number", rf"\d{{1,6}}(?:[-–./]\d{{1,8}}){{2,6}}{EXT}{END}",
        shapes.seven_digits, ("code.account", "code.parted",),
        "The desk has [78]-555-0121. -> identifier phone_number", "The desk has [785] stamps. -> fact",
    ),
    _shape(
        "code.parted", "identifier", rf"\d{{1,6}}(?:[-–]\d{{1,8}}){{2,6}}{END}", None, (),
        "The deed [12]-34-5 is lost. -> identifier identifier", "Of the deeds [34] are lost. -> fact",
    ),
    _shape(
        "code.employer", "identifier", r"\d\d-\d{7}\b", None, (),
        "We are [12]-3456789 to the office. -> identifier identifier", "We are [12] in the office. -> fact",
    ),
    _shape(
        "postcode.extended", "postcode", r"\d{5}-\d{4}\b(?![.,-]?\d|\s?%)", None, (),
        "Write to Salem [97301]-1234 soon. -> identifier postcode", "Write to [97301] homes soon. -> fact",
    ),
    _shape(
        "code.account", "identifier", r"\d{4}(?:[\s-]\d{4}){2,6}(?:[\s-]\d{1,4})?\b", None, (),
        "Pay to [4111] 1111 1111 1112 now. -> identifier identifier", "Pay to [4111] homes now. -> fact",
    ),
    _shape(
        "coordinates", "coordinates",
        r"\d{1,3}\.\d{6,20}|\d{1,3}(?:\.\d{1,8})?°\s?(?:\d{1,2}(?:\.\d{1,8})?['′]\s?)?[NSEW]\b", None, (),
        "It lies at [51.507351] on the map. -> identifier coordinates", "It lies [51.5] km from the sea. -> fact",
    ),
    _shape(
        "coordinates.named", "coordinates", r"\d{1,3}\.\d{2,8}\b", shapes.of_a_place, (),
        "It lies at lat [51.5074], lon -0.1278. -> identifier coordinates", "It lies [51.5] km from the sea. -> fact",
    ),
    _shape(
        "code.zero", "identifier", r"0\d{2,20}\b(?![.,]\d|\s?%)", shapes.not_grouped, (),
        "The key [0123] fits. -> identifier identifier", "We cut [123] keys. -> fact",
    ),
    _shape(
        "code.serial", "identifier", r"\d{10,24}(?!\d|[.,]\d|\s?%)", shapes.serial, (),
        "The key [73190246815] is lost. -> identifier identifier", "We cut [73190] keys. -> fact",
    ),
    _shape(
        "code.lettered", "identifier",
        rf"\d{{1,8}}(?!(?:[eE]|[xX]1)\d|(?:{TO_A_POWER})\b)"
        r"[A-Za-z]{1,3}\d[\w]{0,20}(?:-\w{1,20}){0,4}", None, (),
        "The bolt is a [7]B12 by name. -> identifier identifier", "The bolt has [7] sides. -> fact",
    ),
    _shape(
        "code.ends_in_letters", "identifier", r"\d{1,4}(?:[A-Z]{2,3}|-[A-Z]{1,2})(?![\w%-])", shapes.no_unit,
        ("code.technical",),
        "It runs on a [3]CX by now. -> identifier identifier", "It runs on a [3]MW mill by now. -> fact",
    ),
    _shape(
        "code.room", "identifier", r"\d{1,3}[A-Z]\d{0,2}(?![\w%]|[.,]\d)", shapes.in_a_room, (),
        "We wired lab [9]D at last. -> identifier identifier", "We wired 9 labs and [9] dens. -> fact",
    ),
    _shape(
        "code.frequency", "identifier", r"\d{2,3}\.\d(?= ?(?:FM|MHz FM)\b)|\d{3,4}(?= ?AM\b)", None, (),
        "Tune in to [89.5] FM now. -> identifier identifier", "Then [89.5] fell. -> fact",
    ),
    _shape(
        "code.form", "identifier",
        r"\d{1,3}[A-Z](?= (?:and \d{1,3}[A-Z] )?(?:registered|registration|certified|certificates?|approval|status)\b)",
        None, (),
        "We are [12]A registered. -> identifier identifier", "We are [12] registered owls. -> fact",
    ),
    _shape(
        "code.company", "identifier", rf"(?:{any_of(sorted(NUMBERED_COMPANIES))})\b(?!\s?%)", shapes.of_a_company, (),
        "The company [3]M gave masks. -> identifier identifier", "The company gave [3]M masks. -> fact",
    ),
    _shape(
        "code.technical", "identifier",
        r"[2-6]G\b|[2-4]D\b|2FA\b|(?:2160|1440|1080|720|480)p\b|[3-7][A-Z]s\b", None, (),
        "The [4]G mast fell. -> identifier identifier", "Then [4] masts fell. -> fact",
    ),
    _shape(
        "code.film", "identifier",
        r"[48]K(?=\s(?:(?:video|TV|display|camera|film|screen|projector|monitor|television|picture)s?\b|"
        r"(?:resolution|footage|content|UHD|HD|quality|streaming)\b))", None, (),
        "We shot it in [4]K video. -> identifier identifier", "We saw [4]K visitors. -> fact",
    ),
    _shape(
        "code.race", "identifier",
        r"\d{1,3}(?:\.\d)?[kK](?=\s(?:(?:fun |charity |park |road |trail |sponsored )?"
        r"(?:run|race|walk|ride|swim|jog|marathon|ultra)s?\b))", None, (),
        "She won the [5]K run. -> identifier identifier", "We saw [5]K runners. -> fact",
    ),
    _shape(
        "code.screen", "identifier",
        r"\d{3,4}\s?[x×]\s?\d{3,4}(?=\s?(?:px|pixels?|resolution|screens?|displays?)\b|[.,;)]?(?:\s[A-Z]|$))", None, (),
        "Best viewed at [800] x 600. -> identifier identifier", "We sowed plots of [800] x 600 m. -> fact",
    ),
    _shape(
        "score", "score", r"(?<![×x] )(?P<a>\d{1,2})[-–](?P<b>\d{1,2})\b(?![-–/]\d|[.,]\d|\s?%|/)",
        shapes.falls_or_ties, (),
        "They won [3]-1 at home. -> identifier score", "They won [3]-5 prizes at home. -> fact",
    ),
    _shape(
        "idiom.sided", "idiom",
        r"\d{1,2}[- ](?:star|step|point|way|factor|tier|pronged|part|legged|wheel(?:er|ed)?|dimensional)\b", None, (),
        "It is a [5]-star inn. -> idiom idiom", "It has [5] stars. -> fact",
    ),
    _shape(
        "idiom.a_side", "idiom", r"\d{1,2}-a-(?:side|day)\b", None, (),
        "We played [5]-a-side at noon. -> idiom idiom", "We played [5] sides at noon. -> fact",
    ),
    _shape(
        "code.group", "name", r"(?<=\bGroup of )\d{1,2}\b(?![.,]\d|\s?%)", shapes.counts_nothing, (),
        "It was told to the Group of [77] too. -> identifier name", "A group of [77] sang. -> fact",
    ),
    _shape(
        "code.course", "identifier", r"101\b(?![-.,]?\d|\s?%)", shapes.after_name, (),
        "We taught Parenting [101] at noon. -> identifier identifier", "We taught [101] parents at noon. -> fact",
    ),
    _shape(
        "code.quoted", "identifier", r"\d{2,4}(?=[,.]?[”\"])", shapes.quoted, (),
        'The group "[764]" was named. -> identifier identifier', "Then [764] groups were named. -> fact",
    ),
    _shape(
        "year.of_origin", "year", r"1[0-8]\d\d\b(?![.,]?\d|\s?%)", shapes.origin, (),
        "A globe from [1587] in the hall. -> date year", "A total of [1587] globes hang there. -> fact",
    ),
    _shape(
        "code.spaced", "identifier", r"(?:\d\s){2,20}\d\b(?!\s?%|[.,]\d|\d|\s[a-z])", None, (),
        "Pages: [1] 2 3 4 5 -> identifier identifier", "Pages: [1] in all -> fact",
    ),
]  # fmt: skip
