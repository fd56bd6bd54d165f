"""Places, tongues, services, times and groups of people by which a heading sets a part of a count apart.

Data only, in stems as `stemming` makes them. The nation as a whole is none of them.
"""

from extractors.language.lexicon import words
from extractors.metrics.stemming import stems

_PLACES = """
    alabama alaska arizona arkansas california colorado connecticut delaware florida georgia hawaii idaho illinois
    indiana iowa kansas kentucky louisiana maine maryland massachusetts michigan minnesota mississippi missouri montana
    nebraska nevada ohio oklahoma oregon pennsylvania tennessee texas utah vermont virginia washington wisconsin wyoming
    carolina dakota jersey york hampshire rhode guam samoa columbia
    afghanistan albania algeria andorra angola argentina armenia australia austria azerbaijan bahamas bahrain bangladesh
    barbados belarus belgium belize benin bhutan bolivia bosnia botswana brazil britain brunei bulgaria burundi cambodia
    cameroon canada chad chile china colombia comoros congo croatia cuba cyprus czechia denmark djibouti dominica
    ecuador egypt england eritrea estonia eswatini ethiopia fiji finland france gabon gambia germany ghana greece
    grenada guatemala guinea guyana haiti honduras hungary iceland india indonesia iran iraq ireland israel italy
    jamaica japan jordan kazakhstan kenya kiribati korea kosovo kuwait kyrgyzstan laos latvia lebanon lesotho liberia
    libya liechtenstein lithuania luxembourg macedonia madagascar malawi malaysia maldives mali malta mauritania
    mauritius mexico micronesia moldova monaco mongolia montenegro morocco mozambique myanmar namibia nauru nepal
    netherlands zealand nicaragua niger nigeria norway oman pakistan palau palestine panama papua paraguay peru
    philippines poland portugal qatar romania russia rwanda samoa scotland senegal serbia seychelles singapore slovakia
    slovenia somalia spain sudan suriname sweden switzerland syria taiwan tajikistan tanzania thailand togo tonga
    trinidad tunisia turkey turkiye turkmenistan tuvalu uganda ukraine uruguay uzbekistan vanuatu vatican venezuela
    vietnam wales yemen zambia zimbabwe africa asia europe antarctica atlantic pacific arctic baltic caribbean oceania
    scandinavia
    london paris berlin chicago houston dallas phoenix philadelphia boston seattle denver detroit miami atlanta
    alexandria austin bronx yukon mobile buffalo orlando
"""
_PLACE_NAMES = (
    "united kingdom", "puerto rico", "european union", "el salvador", "costa rica", "cape verde", "sri lanka",
    "sierra leone", "ivory coast", "saudi arabia", "hong kong", "middle east", "latin america", "south america",
    "central america", "great lakes", "new england", "new orleans", "new york", "los angeles", "las vegas",
    "united nation", "san antonio", "san diego", "san francisco", "san jose", "virgin islands", "salt lake",
)  # fmt: skip
_TONGUES = """
    english spanish french german italian portuguese russian mandarin cantonese chinese japanese korean vietnamese
    tagalog arabic hindi urdu bengali farsi creole haitian somali swahili polish ukrainian dutch swedish hmong navajo
    language turkish greek hebrew thai punjabi
    european british scottish irish canadian mexican australian indian brazilian filipino african asian
"""
_GROUPS = """
    girls boys male female woman women man men infants toddlers babies baby newborn teens teenagers teenage adolescent
    tween preteen preschooler adults seniors elders hispanic latino latina latinx black white asian indigenous native
    tribal tribe immigrant migrant refugee undocumented unaccompanied foster homeless disabled deaf autistic autism
    disability lgbt lgbtq lgbtqia transgender gay lesbian bisexual queer nonbinary military veterans rural urban
    suburban orphan schooler sibling twin grader
"""
PLACES = frozenset(stem for word in words(_PLACES) for stem in stems(word))
PLACE_NAMES = tuple(f" {' '.join(stems(name))} " for name in _PLACE_NAMES)
"""Places of several words of which not each is one."""
TONGUES = frozenset(stem for word in words(_TONGUES) for stem in stems(word))
GROUPS = frozenset(stem for word in words(_GROUPS) for stem in stems(word))
SEXES_AND_AGES = words("girl boy woman man male female infant toddler baby newborn teen teenager teenage adolescent")
"""Of these a wording may know one that stands for all children ("boys and girls"); a heading with it still narrows."""
PEOPLE_TOLD_OF = words("child kid youth teen family victim survivor student minor juvenile parent person")
"""Those of whom an organisation tells; staff and volunteers are none of them."""
BRANDS = words(
    "whisper line threads thread box ring signal snap kick steam zoom slack match tagged mega chrome bing target"
)
"""Services whose names are also words: only a heading that is nothing else names them."""
ALONE = words("""
    night overnight nighttime evening morning afternoon daytime weekday weekend holiday season summer winter spring
    autumn daily weekly monthly seasonal
    abroad overseas international domestic outside border territory north south east west northern southern
    eastern western virtual webinar
    prosecutor judge attorney detective officer sheriff deputy trooper dispatcher telecommunicator paramedic nurse
    doctor physician pediatrician teacher educator principal caseworker executive
""")
"""Times, quarters of the world, ways of meeting, callings: they set apart where a heading has hardly another word."""
OPPOSITES = tuple(
    map(words, ("girl boy", "man woman", "male female", "black white", "day night", "north south", "east west"))
)
"""Both of them together are everybody, or always, or everywhere."""
NATION = words("america american usa united")
