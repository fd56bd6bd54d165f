"""Which words are plain English, so that a word which is not one may be taken for somebody's name.

Here: base forms common in headings and reports, and the endings by which English makes further words of them. Left out
on purpose: words that are also the names of places, companies or groups of people ("apple", "mobile", "turkey").
"""

from functools import lru_cache

from extractors.language import lexicon
from extractors.language.lexicon import words
from extractors.metrics.stemming import PLAIN_STEMS, TITLE_STEMS, stem

_COMMON = """
    abandoned able aboard absolute absorbed abstract absurd abuse academic academy accent access accessory accident
    accidental accompanying accomplish accomplished accord accredit accredited accuracy accurate accused achieve
    acknowledge acknowledged acquire acquired acre act activate activist actress actual actually acute adapt add
    addendum address adequate adjacent adjust adjusted administered administrator admiral admire admit admitted adopt
    advanced advancing advantage adventure adversarial advertising advice advocate aerial affect affected affecting
    afford afraid aftermath afternoon afterword age agency agenda agent aggregate agree agriculture ahead aim air
    airline airplane airport alarm album alert algorithm align alive alleged allegedly alley allied allow along
    alongside alter alternate altitude aluminum alway amateur amaze ambassador amber amplify analysis analytical
    analyzed ancestor anchor ancient angel angle angry anguish animal animated anniversary announce another anthem
    anticipated antique anxiety anybody anyone anything anywhere apart apologize app apparent appeal appear appendice
    applicant applied applying appointed appreciate approach appropriate approval approve approved arbitrary architect
    architecture area arena argue arise arm arrange arranged array arrest arrival arrow art article artificial
    artillery artist artwork ash ashamed aside ask aspect assault assembled assess assessed asset assigned assistant
    assume assumed assure astonish athletic atla atmosphere attached attack attempt attendee attested attic attitude
    attorney attract attracted attributed audio audit aunt authentic authenticate author authorize auto automated
    automobile autonomy autumn avenue average avoid avoided awake awarded aware away awe awesome awful awkward axis
    baby bachelor back backbone background backlog backpack backup backward backyard bacteria bad badge bag bail
    bakery balanced balloon ballot ban bank banner barely bargain bark barn barrel barrier base baseball baseline
    basic basin basis basket batch bathroom battery battle battlefield battling beach beacon beam bean bear beat
    beauty bedrock bee beg begun behalf behave behavior behavioral belief believe bell belong beloved belt bench
    benchmark bend beneficial benefit berry beside best better bicycle bid big bike bill billboard binary binding bird
    birth birthday bitter blade blame blank blanket blast blaze blend bless blessed blessing blind blog bloom blossom
    blue blueprint board boast boat body boiler bold boldly bolt bomb bond bone bono bonus book booklet boom boost
    boot booth border born borrow bottle bottom bought bounce bound boundary bow bowl box boyfriend brain brake brand
    brave bravery bravo breach breadth break breakfast breakthrough breath breathe breed breeding breeze brick bride
    bridge brief brigade bright brilliant broad broadcast broadcaster brochure broke bronze brook brother browser
    brush brutal bubble bucket bud budget build built bullet bulletin bully bump bunch bundle burden burger buried
    burn burst bury busy butterfly button buy buzz bystander byte cabin cabinet cage cake calculate calculated call
    callout calm camera campaign campus cancelled candid candidate candle candlelight capitol captain capture car
    carbon caregiver caretaker carnival carpet carriage carry cart cartoon carve case caseload casework cash cast
    castle casual casualty catalog catalogue catch catching cathedral cattle caught cause causeway cave cease ceiling
    celebrate cell cellular cemetery census cent centimetre central centralized century ceo certain certainty
    certificate certified certify cfo chain chair chairman challenge chamber champion chancellor changemaker channel
    chaos chapel character charge charm chase chat chatbot cheap cheapest cheat check checkup cheek cheer cheese chef
    chemistry cherish chest chief child chip chocolate choice choir choose chorus chose chosen christian christmas
    chronic church cigarette cinema circle circuit circular circulate citing citizen civic civil civilian claim
    clarify clash classic classified classroom clause clean clear clearinghouse clerk clever click client cliff
    climate clip close closet closure cloth cloud clown clue cluster clutch coast coastal coax code coerced coffee
    coin cold collaborate collapse colleague collect college colony colophon color colour coloured column combat
    combine comeback comedian comedy comfort command commerce commercial commissioned commissioner commit committee
    common communal communicate compact companion company compare compass compelling compete competent competing
    competitor compiled complain complaining complaint complex complicated complied comply component compose composite
    comprise comprised compromise computer computing conceived concentrate concentrated concept concern conclude
    concrete condemned conduct confident confidential confirm confirmed conflict confront confused congress connect
    conquer consensus consent consist consistent consisting conspiracy constant constitute construct consult
    consultant consulted consulting consumed consumer contact contain contemporary content contest context continent
    continual contract contrary contrast contribute contributed contributing control controlled controller controversy
    convene convenient convert converted convicted convince convinced convincing coo cooked cookie cooling coordinator
    cope copper copy copyright corn corner cornerstone coronavirus corp corporate corporation correct correspondent
    corresponding corridor corrupt cost costume cottage cotton cough counsel counterpart countryside couple courage
    court courtesy cousin covid cow crack cradle craft crane crash crazy cream creation creature credit creek crew
    crime criminal crisis crisp criteria critical criticized crop cross crossing crossover crossroad crowd crown
    crucial crude cruel cruise crush cry crystal csam cult culture cunning cure currency curriculum curtain curve
    custody custom customer cut cyber cyberbullying cycle cylinder dad daddy dairy dam damaged dance dancing danger
    dare dark darling dash data database datasheet daughter daunt dawn daybreak daylight dead deadline deal dear death
    debate debris debt debut deceased decent decide deck declare declared decline dedicate deep deepfake deer default
    defeat defeated defend defendant defense deficit define degree delayed delegate deleted deliberate delicate
    delight delighted demand demo democracy demographic demonstrate demonstrated denial denied dense dental dentist
    departure depend depict deployed deposit depth deputy derived descent describe deserve design desire desktop
    despair destiny destroy destroyed detect detected determine develop device devote diagnosed diagram dial dialogue
    diameter diamond diary dictionary die diet differ different difficult dig digest digit digital diligent dining
    dinner diplomat direct directory dirt dirty disagree disappear disappointed disaster disbursed disc discharge
    discipline disclosure discover discuss disease dish disk dismissed dispatch display disposal dispute dissolve
    distant distinct distinguish distracted distress distribute distributed disturbing dive diverse divide divided
    divine diving divorce diy dock doctrine documentary doer dog doing doll dollar dolphin domain dome domestic
    dominate donate donated done donor doorstep doorway dose doubt dough download downtown dozen draft drafted drain
    drama dramatic drank dream dressing drink drive driven drought drove drug drum dry due dug dull dump duplicate
    dusk dust duty dwarf dynamic eager eagle ear earn earnest earth earthquake ease east easter eastern easy eaten
    eating echo economist ecosystem edge edited editing editor editorial educated educator effect efficient eighteen
    eighth eighty either elaborate elder elect elected electric electronic elegant elementary elephant elevate eleven
    eliminate eliminated else elsewhere embark ember emblem embody embrace emerge emergency emotional emperor emphasis
    empire employ empower empty enabled enabling encore encounter encourage endangered endeavor endnote endorse
    endorsed endure enemy enforce engage engine engineer enhanced enjoy enlighten enough enquiry enrolled ensure enter
    enterprise enthusiasm enticed entitled entrepreneur entry envelope envision epidemic epilogue episode epoch equip
    equity equivalent era errata erred error escalate escalated escape escort especially essential establish estate
    eternal ethic ethnic evaluate eventual everybody everyday everyone everything everywhere evident evolve exact exam
    examine examined examiner examining example exceed excellent except exceptional exchange excited exciting excluded
    excluding excuse execute exhausted exist exit exotic expect expense expertise explain explicit exploit exploited
    explore export expose exposure express ext extend extent exterior external extorted extra extract extractor
    extraordinary extreme eye fabric facial facilitate factbox factory factsheet faculty fade fail failure fairy faith
    faithfully false fame familiar family fancy faq farewell farm farmer farther fascinating fast fatal fate father
    fathom fatigue fault favorite favour fear feast feat feature federal fee feeding feel feet fellow fellowship felt
    fence fetching fever few fiber fierce fifteen fifth fifty fight file fill film filter final financial fine finger
    fingerprint finish fire firm firsthand fish fishing fist fit fitted fitter fivefold fix flag flame flashlight
    flattened flavor flaw fleet flesh flew flight flip float floating flood flooding floor flour flourish fluid fly
    focus foe fog follow foolish foot footage footnote footprint footstep forbidden force forecast forefront forehead
    foreign foremost forensic forerunner foresee forever foreword forge forget forgiving forgotten fork form formal
    format formula fort forth fortieth fortress fortunate fortune forty forum forward fossil fought fountain fourteen
    fragile fragment frame framework frankly fraud free freedom freeze freezing freight frequent fresh friday friend
    fringe frog front frontier frontline frost frozen fruit frustrated fuel fulfill full fundamental fundraising
    funeral fur further furthermore fury future gain gala gallant gallery gameplan gap garage garbage garden gasoline
    gate gateway gather gear gender genealogy general generate generic genesis genetic genius genre gentle gentleman
    gentlemen genuine genuinely geographic geometry gesture ghost giant ginger girlfriend glacier glad glass glimpse
    glory glossary glow goal goalkeeper goat going gold gone good goodbye gospel govern governed governmental grabbed
    grace grade gradual graduate grain grammar grand grandfather grandmother grandparent grandson granite grant
    graphic grasp grass gratitude grave great green greet grey grid grief grieve grim grind grip grocery groomed
    grooming gross ground grown guarantee guard guardian guess guest guide guideline guild guilt guilty guitar gun gut
    habit habitat hair halfway hall hallmark halloween hallway halt hammer hand handbook handy hang hanging hanukkah
    happen happy harbor hard hardware hardy harm harmony harness harsh harvest haste hate hatred haul haunt haven
    havoc hawk haystack hazard head headache headcount headline headquarter headway heal health healthcare hear heart
    heartache heartbeat heartbreak heartfelt heartland heat heaven heavy heed heel height heir helicopter hello
    helpline heritage hero heroic hesitate hidden hide highway hike hiker hinder hint hire hired hiring historian
    historic hoax hobby hold hole holiday hollow homecoming hometown homeward homework honest honey honor honour hook
    hope horizon horizontal horn horror hospice host hostage hostile hot hotline hour house household however hr hub
    hug huge human humanitarian humble humor hunger hungry hunt hunting hurdle hurricane hurry hurt husband hydrogen
    hypothesis ice icon iconic idea ideal identify idol ignite ignore ignoring illegal illuminate illustrated image
    imagery imagine immediate immense imminent immune implemented implementing imply import important imposed impress
    imprint improved inbox inch incident inclined include inclusive incomplete incorporated incorrect independent
    index indirect individual indoor industrial industry infantry infected inferred infinite infographic inform
    informational infrastructure ingredient inhabitant inherited initial initiated injured ink innocent innovate
    inpatient input inquiry insect insert insight insist insisted inspector inspire install instant instead instinct
    institute instructor insult insurer intact intake integral integrate intellectual intelligent intend intense
    intent interact interest interface interfere interim interior intermediate intern internal internet interrupt
    interstate interval intervene interviewed intimate introduce invented inventory invest investigate investment
    invite involve iron irony isolated issue it item ivory jacket jail jet jewel jewelry jigsaw job join joint joke
    joking journal journalist journey joy judiciary jungle junior jury justice justify keen keyboard keynote keystone
    kick kickoff kidnapping killed killing kin king kingdom kit kitchen knee knew knife knight knit knock knot know
    knowledge kudo lab label laboratory labour lack ladder lamb lamp landmark landscape lane lantern lap laptop larder
    large laser latter laugh laughter launchpad laundry law lawsuit lawyer lay layout lazy leaf leaflet league leak
    leap learn learnt leather lecture ledger leg legacy legal legend legion legislate legislature legitimate lemon len
    lender lending length lent let lethal level lever leverage liar liberty license lie lieutenant life lifeline
    lifesaver lifestyle lifetime lift light lighthouse lightning limit line lineage linear lineup lining link lion lip
    listened listening litany literacy literal literary literature litter little livestream load loaded loading loan
    lobby local locate lock lodge logbook logic logo lone long look loom loop loss lot lottery loud lounge love loyal
    luck lucky lunch lung luring luxury lyric machine machinery magazine magic magnet magnetic magnificent magnitude
    mail mailbox maintain maintained major mall manage mandate mandatory manipulate mankind manner manual manufacture
    manuscript map marathon marble margin marine marriage married marshal marvel mask massage master masthead mate
    material math mathematic matrix matter mature max maximum maze meadow meal mean meant meantime meanwhile meat
    mechanic medal media median medical medicine medieval medium melody melt meme memorial memory mend mental menu
    merchant mercy mere merged merger merit mess message messy metal meter method methodology metropolitan mid middle
    midnight migrate mile mileage militia mill mind mindset mine miner mini minimal minimum mining ministry minor mint
    minus minute miracle mirror misery misleading miss missed missile missing mist mistake mistress mix mixture
    mobilize mode model moderate modern modest module moisture molecular mom momentum mommy monday monetary money
    monitor monk monkey mood moon moonlight moral morning mortal mortar mortgage mosaic most mother motherhood
    motivate motor motorcycle motto mountain mourn mouse mouth move mud multiple municipal murder muscle museum mutual
    mystery myth nail naked name narrative narrow narrowed national natural nature naval navigate navy nearby neat
    necessary necessity neck necklace needle negotiate neighbor neighbour neither nephew nerve nest net netizen
    network neutral newsletter newspaper newsroom ngo nickname niece night nightfall nightmare nineteen ninety ninth
    noble nobody noise nominated nominee non noncompliant none nonfamily nonprofit nonstop noon norm normal north
    northern notebook nothing notice notify novel nuclear nursery nurture nut nutshell oak oasis oath object oblige
    obliged obscure observe observed observer obstacle obtain obtained obtaining occupancy occupy ocean odd offender
    offending offense official offline old ongoing onion onward operate opinion opponent opposed opposite optimal
    optimize oral orchard orchestra orchestrate ordeal order ordinary organ organic organise organiser organize
    oriented original other otherwise out outbox outcome outdoor outfit outlet outline outlook outnumber outrage
    outreach outsold outstanding oven overcome overdue overlook overnight overtook owe own oxygen pace pack package
    pad padding page pain paint palace palm pamphlet pandemic panel panic panorama parade paradigm paradise parallel
    parameter paramount parent parking part partial participant passage passenger passionate passport password pasture
    patch patent path pathetic pathway patient patrol pattern pause paycheck pdf peace peacekeeper pearl peer pen
    penalty pencil penny pepper perceived perfect perform performed performer performing peril permanent permanently
    permit permitted perpetrator persevere persist persistent person personal pet petition petty pharmacy phase
    phenomenon philanthropy philosophy phone photo photograph phrase piano pickup picture pie piece pier pile pill
    pillar pillow pilot pin pink pinpoint pioneer pipeline pistol pitch pity pivot pivotal plague plain plainly plan
    planet plant plate platform play playground plea pleasant please pleasure pledge plenty plight plot plug pocket
    podcast poem poetry poised poison poker pole policy polite poll pond pool poor poorly popular porch pornography
    portal portfolio portrait portray pose possess post postcard posture potato potential pound poverty powder power
    practice practiced practise praise prayer precise predator predict predicted preface prefer preferred pregnant
    preliminary premise premium prepare preparedness prescribed present president press pressure pretty prevail
    prevent prey price pride primary primer prince princess principle print prioritize prison privacy private
    privilege prize probably problem procedure proceed proceeded product professor profile profit prohibited project
    prologue prominent promise promising promote prompt prone pronounced proof propaganda proper prophet proposal
    propose proposed prosecutor prospect protect protein protest protester protocol proud prove proven prudent psa pub
    public publish pull pulled pulley pullquote pulse pump punch punished pupil puppy purchase purchasing pure purpose
    pursue pursuit push pushing put puzzle qualify quantum quarter quarterback query quest questioning questionnaire
    queue quick quiet quilt quite quote rabbit race rack radar radio radius rage rail railway rain rainbow rainstorm
    rainy raise rally ramadan ranch random rang range rank ransom rapid rarer rate rather ratio raw ray react read
    ready real realise realize realm rear reason rebellion rebound rebuild rebuilt recall recap receipt recipe
    recipient reckon recognize recommend reconnect reconstructed recover recovery recruit recruiting red redefine
    reduce reel refer referee referral reflect reform refresh refuge refuse refused regain regard regime regional
    registry regret regular regulate regulated regulator rehearse reign reinvent reject rejoice relate relative
    relaxing relay release relevant relied relief relieve rely remainder remark remedy remember remind remote removal
    remove rename renew renowned rent rental reopen repay repeal repeat replace represent request require rescue
    research resemble reserve reservoir reshape resilient resist resistant resolute resolve resort respect
    respectfully response rest restaurant restless restored restricted resume retail retain retained retire retired
    retreat retrieval retrospect return reunion reunite reveal reverse reversed revised revisit revival revolutionary
    reward rhythm ribbon rich rid ride rider ridge rifle right rigor ring riot ripple risk ritual rival river road
    roadmap roar roast robbery robot robust rock rod role roll rolling roof rooftop root rope roster rough roundtable
    roundup route routine row royal rub rubble rude ruin rule rumor rundown rung runway rush sacred sacrifice sad safe
    safeguard safety saga sail sailing saint salad salary sale salmon salt sample sanctuary sand sandbox sandwich sang
    sat satellite satisfied satisfy saturday save savior scale scan scar scattered scenario scene scheme scholar
    scholarship scientific scope score scoreboard scorecard scorn scout scramble scrap scratch scream screen screw
    script scroll sculpture sea seal search searchlight season seasonal secret secretary sect secure seek seem seize
    select self selfish sell semi senate sense sentenced sentiment sentinel separate sergeant servant set seventeen
    seventh seventy several severe sew sex sexual shade shadow shake shaking shallow shame shape shark sharp shatter
    shelf shell shelter shepherd sheriff shield shift shine shiny ship shirt shock shoe shore short shortage shot
    shout shouting shoutout showcase shown shut shuttle shy sibling sick side sidebar sidekick sidewalk siege sight
    sign signal signature significant silent silk silver similar simple sincere singer single sink sister sit situated
    sixteen sixty size sketch ski skill skin skip skull sky skyline slack slap slavery sleeve slept slice slide slight
    slim slope slot slow slug small smart smartphone smell smile smoke smooth snap snow snowstorm soap sober social
    society soft software solar sold soldier sole solemn solicitor solid solo solve somebody someday someone something
    sometime somewhat somewhere son song soon sophisticated sore sorrow sorry sort sorted sos soul sound soundtrack
    soup south sovereignty space span spare spark speak speaker special specialized specialty specific specifically
    specified spectacular spectrum speech speed spell sphere spider spill spiral spirit splash splendid split spoiled
    spoke sponsor spoon sport spot spotlight spray spread spree spring springboard sprout squad squeeze stack stadium
    stage stagger stake stamp standard star stark starlight stat static statue statute steadfast steady steal stealing
    steam steel steep steepest steer stellar stem step stern steward stir stock stockpile stole stolen stone stop
    stopwatch storage storm story storyline storytime straight strain strand strange stranger strategic strategy straw
    streak stream street strength stress stretch strict stride strike striker string strip stroke strong struck
    structure struggle stuck student studio study stunning style subject subscribe subsequent subsidiary substantial
    substitute subtle suburb subway succeed succeeded success successfully sudden suffer sufficient sugar suggest
    suicide suit summit sun sunday sunlight sunny sunrise sunset sunshine sup superb superhero superintendent superior
    supermarket superpower supervisor supplied supplier suppose supposed supreme sure surface surge surgeon surgery
    surplus surprise surrender surround survey survival survived survivor suspect suspended suspicion sustain
    sustainable swallow swap sweat sweep sweet swift swimming swing swipe switch sword sworn syllabus symbol symbolic
    sympathy symptom syndrome synergy synthetic system systematic tablet tabular tackle tactic tail takeaway takedown
    tale talent tall tally tangible tank tap tapestry target task taste taught tax taxi taxpayer tea teach team
    teamwork tech technical technique technology teen teeth telephone telltale temperature temple temporary tenant
    tender tennis tense tent tenth tenure term terminal terrace terrain terrified territorial terror test testimonial
    testimony text texture thankful thanksgiving theatre theft theme theory therapeutic therapist therapy therefore
    thermal thermometer thesis thick thief thin thing think thirteen thirtieth thirty thorough thought thread threat
    threatened threatening threefold threshold threw thrilled thrive throat throne throw thrown thrust thumb thunder
    thursday ticker ticket tide tidy tie tied tier tiger timber timeline tiny tip tipline tired tireless tissue titan
    toast tobacco toilet token toll tomato tomb tomorrow tone tongue tonight tool toolkit tooth top topic torch
    torchlight torn tornado torture touch touchdown touchstone tough tour tourist tow toward towel toy trace track
    trade trademark traffic trafficked trafficker trafficking tragedy tragic trail trailblaze trailblazer trailer
    train trait trajectory transfer transferred transform transit translated transmit transparency transparent
    transplant transport trap trauma travel treadmill treasure treat treated treaty tree trek trench trial triangle
    tribunal tribute trick tricky trigger trim trip triumph trivia troop trooper trophy trouble trouser trucked
    trucking true trust truth try tsunami tube tuesday tumbled tune tunnel turn turnover tutorial tv twelve twenty
    twice twilight twist typical ultimate ultra umbrella uncharted uncle uncover underlying underneath understand
    underway underwear undo undoubtedly uneven unfinished unfold unheard unidentified unified uniform union unique
    unite unity universal universe unknown unlike unlock unmask unprecedented unsafe unseen unsung untiring untold
    unwavering upcoming update upgrade uphold uplift upload upset upside upstair uptick upturn upward urge urgent url
    usage user using usual utmost vacancy vaccinate vaccine vacuum vague valid validate valley valor van vanguard
    vanish variety vast vault vegan venture venue verdict verge verified verify verse vertical very vessel veteran
    vibrant vice victim victimized victory video view vigil vigilant violated violent viral virtual virtue virus
    visual vital vitamin vivid vocal voice void voluntary vote vow voyage wage waist wait waived wake wakeup walk
    walkway wall wallet wander want war warehouse warm warmth warned warning warranty warrior wash watch watchdog
    watchtower watershed wave wax weak weakest weapon wear wearing weave web webpage website wedding wednesday weekday
    weekend weigh weight weird welcome welfare wellbeing wellness west whatever wheat wheel wheelchair whenever
    wherever whilst whip whirlwind whisper whistle whoever wholehearted wide widespread widow width wife wild wildlife
    windfall window wing wingspan winter wiped wire wisdom wise wish withdraw withdrawn withheld witness wizard wolf
    wonder wooden wool word wore workbook workforce workload workout workshop worn worry worse worst worth wound wrap
    wreck wrench wrist wrong yard yardstick yelled yes yesterday yesteryear yield young yourself youth youthful zeal
    zero zone zoom
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
_INFLECTING = ("ing", "ed", "e", "er", "or", "ly", "est", "en")
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
