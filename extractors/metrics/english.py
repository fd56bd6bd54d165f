"""Which words are plain English, so that a word which is not one may be taken for somebody's name.

Here: base forms common in headings and reports, and the endings by which English makes further words of them. Left out
on purpose: words that are also the names of places, companies or groups of people ("apple", "mobile", "turkey").
"""

from functools import lru_cache

from extractors import lexicon
from extractors.lexicon import words
from extractors.metrics.wording import PLAIN_STEMS, TITLE_STEMS, stem

_COMMON = """
    able absolute academy access accomplished accord accredited achieve acquired acre act activate actually acute
    adapt add address admitted adopt adventure adversarial advice advocate affected afraid afternoon afterword age
    agency agenda agent agree ahead aim air airline alarm alert align alive allow along alongside alter altitude
    alway amaze ambassador amber amplify analysis analytical analyzed anchor angel anguish animal anniversary
    announce another anybody anyone anything anywhere apart app apparent appeal appear appendice applied appreciate
    approach area argue arise arm arrest art article artificial artist ash aside ask assault assessed asset assigned
    assistant assure astonish atla attached attack attempt attendee attested attic attorney attracted audit author
    authorize auto autumn average avoided awake aware away awe baby back backbone background backlog backpack bad
    badge bag bakery bank banner barrel barrier base baseline basin basis batch battery battling beach beacon beam
    bear beat beauty bedrock begun behavior belief believe bell belong benchmark benefit beside best better bicycle
    big bill billboard bird birth birthday blade blanket blaze blessing blind blog bloom blue blueprint board boast
    body boiler boldly bolt bond bono bonus book boot booth border bottom bought bound boundary box brain brand
    brave bravery bravo breadth break breakthrough breath breathe breeding bridge brief bright brilliant broad
    broadcaster broke brother bubble budget build built bully bundle burden buried burn busy butterfly buy bystander
    byte call calm camera campaign candid candle capitol capture car carbon caregiver caretaker carry carve case
    caseload casework cash cast casualty catalogue cause ceiling celebrate cell cent centimetre central centralized
    century ceo certain certainty cfo chain chair chairman challenge champion changemaker channel chaos character
    charge chase chat chatbot cheapest check cheer cherish chief child choice choose christmas church cinema circle
    circulate citing citizen civil civilian claim classic classroom clause clean clear clearinghouse clever click
    client climate clip close closure cloud clue coast coastal coax code coerced cold collaborate collapse colleague
    collect college color column combine comfort command commercial commissioned commit committee common communal
    communicate company compare compass compiled complaint complex complied comprised computer concept concern
    conclude conduct confirmed conflict confront connect conquer constant construct consultant consulted contact
    contain content contract contrast contributed convene coo cooked coordinator cope copy corner coronavirus corp
    corporate corporation correct cost counsel counterpart couple courage court courtesy covid crack cradle craft
    crash creation credit creek crew crime criminal crisis crisp critical crossover crossroad crowd crucial crude
    cruel cry csam culture cure currency custody customer cut cyber cyberbullying cycle dad damaged danger dare dark
    data database daughter daunt dawn dead deal dear death debate debut deceased decent decide decline dedicate deep
    deepfake defend defendant deficit define degree delegate deleted demand demo denied depend depict deployed depth
    deputy describe deserve design desire despair destiny destroy destroyed detected determine develop devote dial
    dialogue diary die different difficult dig digest digit digital diligent dinner diplomat direct disappear
    disaster disbursed disclosure discover discuss disk dispatch display distributed diverse divided diy doer doing
    dollar domain domestic donate donated done donor doorstep doorway dose doubt download dozen dream drink drive
    driven drove drug dry due duplicate duty dwarf dynamic ear earn earnest earth earthquake ease east easter easy
    echo ecosystem edge editor educator effect eighteen eighty either elder electric electronic elevate eleven else
    embark embody embrace emerge emergency emotional employ empower empty encounter encourage endangered endeavor
    endure enemy enforce engage engine engineer enjoy enlighten enough enquiry enrolled ensure enter enticed entry
    envision epidemic equip equity equivalent era erred error escalate escalated escape especially essential
    establish estate eternal ethic everyday everyone everything everywhere evolve exact exam examined examiner
    example exceed excellent except exceptional exchange exciting excluded exist expect expense expertise explain
    exploit exploited explore expose express ext extend extorted extra extractor extraordinary eye fabric facial
    factory fade fail failure faith faithfully fame familiar family faq farewell farther fast father fathom fear
    feat feature federal fee feel fellow fellowship felt fetching few fierce fifteen fifth fifty fight file fill
    film filter final financial fine fingerprint finish fire firm firsthand fitted fitter fivefold fix flag flame
    flattened flaw fleet flight floor flourish fly focus foe follow foot footage footnote footprint footstep force
    forecast forefront foreign foremost forensic forerunner foresee foreword forge forget forgiving forgotten form
    format forth fortieth fortunate forty forum forward fourteen fragile fragment frame fraud free freezing frequent
    fresh friday friend front frontier frontline frozen fruit fuel full fundraising further furthermore future gain
    gala gallant gameplan gateway gather gender genealogy generate generic genetic genius gentle giant glad glimpse
    glory glossary glow goal goalkeeper going gold gone good govern governed grabbed grace gradual graduate grain
    grandparent grant grass gratitude grave great green greet grid grief grieve grim grip grocery groomed grooming
    gross ground grown guarantee guard guardian guess guide gun habit halfway hall hallmark halloween hallway hand
    handbook hanukkah happen happy harbor hard harm harness harsh harvest haste hate haunt haven havoc haystack head
    headcount headline headway heal health healthcare hear heart heartache heartbeat heartbreak heartland heat heavy
    heed height hello helpline hero heroic hidden hide highway hiker hinder hint hiring historic hoax hold holiday
    hollow homecoming hometown homework honest honor honour hope horizon horror hospice host hot hotline hour house
    household however hr hub hug huge human humanitarian humble hungry hurdle hurt hypothesis idea ideal identify
    ignite illegal illuminate image imagery imagine immediate imminent import impress improved inbox incident
    include inclusive incorporated independent index industrial industry inferred infographic inform informational
    ingredient injured ink innocent innovate inpatient input inquiry insight inspire install instant instead
    instinct institute insurer intake integrate intend intense intent intern internal internet interval intervene
    introduce invented invest investigate investment invite involve issue it item jet jewel jigsaw job join joint
    journal journey joy justice justify keen keynote kick kickoff kidnapping killed killing king kit kitchen knew
    knife knock knot know knowledge kudo lab label lack ladder lamp landmark landscape lantern lap laptop larder
    large latter laugh launchpad law lawyer lay leaflet league leap learn learnt lecture ledger leg legacy legal
    legend legislate len lender lending length lent let level liberty lie life lifeline lifesaver lifetime lift
    light lighthouse limit line lineage lining link listening litany litter little livestream loan local locate lock
    logbook lone long look loom loop loss lot loud love luck lucky luring machine magic magnet magnitude mail
    maintained major manage mandate manipulate mankind manual manufacture map marathon margin marshal marvel mask
    master material math matter max maze meal mean meant medal media medical medium memorial memory mend mental
    mercy merged merit message meter method methodology migrate mile mileage mill mind mindset miner mini minimum
    ministry minor minute miracle mirror missed missing mistake mobilize model modest module mom momentum monday
    money moonlight morning mosaic most mother motherhood motivate motto mourn move murder museum mystery myth naked
    name narrative narrowed national nature navigate necessary necessity needle neighbor neighbour neither nest net
    netizen network newsletter newsroom ngo nickname night nightmare nineteen ninety noble nobody noise non
    noncompliant none nonfamily nonprofit nonstop noon norm north northern notebook nothing notice notify novel
    nursery nurture nut nutshell oasis oath object oblige obliged obstacle occupancy ocean odd offender offending
    offense official offline old ongoing onward operate optimize orchestrate ordeal order ordinary organise
    organiser organize other otherwise out outcome outdoor outlet outline outlook outnumber outrage outreach outsold
    outstanding overcome overdue overlook overnight overtook own pace pack package padding page pain paint pandemic
    panel panorama paradigm parallel paramount parent part passage passenger pasture patent path pathway patrol
    pattern pause paycheck pdf peace peacekeeper peer penny perfect performed peril perpetrator persist person pet
    petition phase phenomenon philanthropy phone photo photograph pickup picture piece pier pill pillar pinpoint
    pioneer pipeline pitch pivot pivotal plainly plan planet plant platform play playground plea pledge plenty
    plight podcast poem poised pole policy poll pool popular pornography portfolio portrait portray post postcard
    posture potential pound power practice practiced practise praise prayer predator preface pregnant premise
    premium prepare preparedness present president press pressure prevail prevent prey price pride primer principle
    print prioritize prison privacy private prize probably problem procedure product profile profit project prologue
    prominent promise promising promote prompt proof proper prosecutor protect protester protocol proud prove proven
    prudent psa public publish pulled pulse pump purchasing pure purpose pursue pursuit put puzzle qualify quarter
    quarterback query quest queue quick quiet quilt quote race radar radio rain rainbow rainy raise rally ramadan
    random rang range rank ransom rapid rarer rate rather ray react read ready real realize reason rebound rebuild
    rebuilt recall recap receipt recipe reckon recognize recommend reconnect reconstructed recover recovery red
    redefine reduce reel refer referral reflect reform refresh refuge refused regain regard regional registry
    regular regulator rehearse reinvent reject rejoice relate relative relay release relied relief remainder remark
    remedy remember remind remote removal remove rename renew rent reopen repay repeat replace represent request
    require rescue research resemble reserve reshape resilient resolute resolve respect respectfully response rest
    restless restored restricted resume retail retired retrieval retrospect return reunion reunite reveal reversed
    revisit reward rhythm ribbon rich rider right rigor ring ripple risk rival river road roadmap roar robbery rock
    role roof rooftop root roster roundtable roundup route routine rubble rule rung runway rush sacred sacrifice sad
    safe safeguard safety saga sailing salary sale sample sandbox sat saturday save savior scale scan scar scene
    scholar scholarship scope score scoreboard scorecard scorn scramble screen script sea seal search season secret
    sect secure seek seize self sell senate sense sentiment sentinel separate servant set seventeen seventy several
    severe sew sex sexual shade shadow shame shape sharp shatter shelter shepherd sheriff shield shift shine ship
    shock shore short shortage shouting shoutout shown shut shuttle sibling side sidekick sidewalk sight sign signal
    signature silent silver similar simple sincere single sit sixteen sixty size sketch skill sky skyline slack
    slept slide slow slug small smart smartphone smile snap sober social society software solar sold soldier solemn
    solicitor solid solo solve somebody someone something somewhere son song sorted sos soul sound south space span
    spark speak speaker special specifically spectrum speech speed sphere spill spirit splendid spoiled spoke
    sponsor spot spotlight spread spree stage stagger stake standard star stark starlight stat steadfast steady
    steam steepest steer stellar stem step steward stock stockpile stolen stone stop stopwatch storage storm story
    storyline storytime straight strand stranger strategic strategy streak stream street strength stress stride
    striker string strong struck struggle student study style subject success successfully sudden suffer suicide sun
    sunday sunrise sunshine sup superhero supermarket superpower supplied supposed sure surge surgeon surgery
    surplus surround survey survived survivor suspect sustain sustainable swift swing sworn symbol symptom syndrome
    synergy system tabular takeaway takedown tale talent tall tally tangible tap tapestry target task taught tax tea
    teach team teamwork tech technical technology teen telephone telltale temperature temple tenant tender tent
    tenure term terminal test testimonial testimony thankful thanksgiving theft theme theory therefore thermometer
    thin thing think thirteen thirtieth thirty thought thread threat threatened threefold threshold threw thrive
    thursday ticker ticket tide tidy tier timeline tip tipline tireless titan toilet token toll tomorrow tonight
    tool toolkit top topic torch touch touchdown touchstone tough tour tow toward trace track trade trademark
    trafficked trafficker trafficking tragedy tragic trailblaze trailblazer trailer train trajectory transform
    transparency transparent transplant transport trap trauma travel treadmill treasure treated tree trench trial
    tribute trigger trip triumph trivia trooper trophy trouble trouser trucked trucking true trust truth try tsunami
    tuesday tumbled tunnel turn turnover tutorial tv twelve twenty twice twilight twist typical uncharted uncover
    understand undo uneven unfinished unfold unheard unidentified union unique unite unity universal universe
    unknown unlike unlock unmask unprecedented unsafe unseen unsung untold unwavering update uphold uplift upload
    uptick upturn upward urge urgent url user using usual utmost vacancy vaccinate vaccine vague valley valor van
    vanguard vanish vast vault venture verdict verge verified vertical very veteran vibrant victim victimized
    victory video view vigil vigilant violent viral virtual virtue virus vital vivid voice void vote vow voyage wage
    wait waived wake wakeup walk wall wander want war warehouse warm warmth warning warranty warrior watch watchdog
    watershed wave weakest weapon weave web webpage website wednesday weekday weigh weight welcome welfare wellbeing
    wellness west whatever whenever wherever whirlwind whisper whoever wide width wild windfall window wing wingspan
    winter wisdom wise wish withdrawn withheld witness wonder word workbook workforce workload workshop worry worse
    worst worth wound wrap wrong yardstick yelled yes yesterday yesteryear yield yourself youth youthful zeal zero
    zone zoom
"""
_BASES = (
    PLAIN_STEMS
    | TITLE_STEMS
    | frozenset(
        map(
            stem,
            words(_COMMON)
            | lexicon.STOPS
            | lexicon.DETERMINERS
            | lexicon.VERBS
            | lexicon.MASS
            | lexicon.STOCK_NOUNS
            | lexicon.EVENTS,
        )
    )
)
_DERIVING = (
    "tion", "sion", "ment", "ness", "ance", "ence", "ship", "hood", "ful", "less", "ity", "able", "ible", "ism", "ous",
    "ive", "ology", "ography", "ency", "ancy", "ician", "ics", "ical", "ional", "istic", "lytic",
)  # fmt: skip
"""Endings of nouns and adjectives that are made, not given: few names end so."""
_INFLECTING = ("ing", "ed", "e", "er", "or", "ly", "est", "d", "r", "en")
_PREFIXES = ("un", "re", "non", "co", "pre", "over", "under", "out", "multi", "anti", "cyber")
_SHORTEST_BASE = 3
_SHORTEST_DERIVED = 6


@lru_cache(maxsize=8192)
def is_english(word: str) -> bool:
    """Whether `word`, a stem, is a plain English word, or is made of one."""
    if word in _BASES or not word.isalpha():
        return True
    if len(word) >= _SHORTEST_DERIVED and word.endswith(_DERIVING):
        return True
    if word[-1] == "y" and len(word) > _SHORTEST_DERIVED - 1 and _is_base(word[:-1]):
        return True
    if any(word.endswith(ending) and _is_base(word[: -len(ending)]) for ending in _INFLECTING):
        return True
    return any(
        word.startswith(p) and len(word) - len(p) > _SHORTEST_BASE and is_english(word[len(p) :]) for p in _PREFIXES
    )


def _is_base(base: str) -> bool:
    """Whether a word without its ending is English: "hop" of hope, "runn" of run, "carri" of carry."""
    if len(base) < _SHORTEST_BASE:
        return False
    return (
        base in _BASES
        or f"{base}e" in _BASES
        or (base[-1] == base[-2] and base[:-1] in _BASES)
        or (base[-1] == "i" and f"{base[:-1]}y" in _BASES)
    )
