/**
 * English nouns whose plural no stemmer undoes ("shelves" is "shelv" to Snowball), singular first; and words with two spellings, which are the same word.
 * Tried on the query side only where the catalogue knows the other form, so a needless pair costs nothing.
 */
const PAIRS = `shelf shelves|bookshelf bookshelves|knife knives|penknife penknives|life lives|wife wives|midwife midwives|housewife housewives|half halves|calf calves|elf elves
self selves|leaf leaves|loaf loaves|meatloaf meatloaves|sheaf sheaves|thief thieves|wolf wolves|werewolf werewolves|scarf scarves|scarf scarfs|dwarf dwarves|hoof hooves|wharf wharves
kerchief kerchieves|handkerchief handkerchieves|staff staves|mouse mice|dormouse dormice|titmouse titmice|louse lice|goose geese|mongoose mongooses|foot feet|forefoot forefeet|tooth teeth
eyetooth eyeteeth|ox oxen|man men|woman women|child children|grandchild grandchildren|stepchild stepchildren|person people|gentleman gentlemen|fireman firemen
policeman policemen|fisherman fishermen|snowman snowmen|salesman salesmen|sportsman sportsmen|sportswoman sportswomen|craftsman craftsmen|businessman businessmen|businesswoman businesswomen
horsewoman horsewomen|horseman horsemen|penny pence|die dice|cactus cacti|cactus cactuses|fungus fungi|focus foci|radius radii|nucleus nuclei|stimulus stimuli|alumnus alumni|syllabus syllabi
octopus octopi|octopus octopuses|hippopotamus hippopotami|terminus termini|locus loci|bacillus bacilli|abacus abaci|narcissus narcissi|papyrus papyri|crocus croci|hibiscus hibisci
gladiolus gladioli|calculus calculi|uterus uteri|genius genii|corpus corpora|genus genera|axis axes|ax axes|axe axes|analysis analyses|basis bases|crisis crises
diagnosis diagnoses|oasis oases|thesis theses|hypothesis hypotheses|parenthesis parentheses|synopsis synopses|neurosis neuroses|ellipsis ellipses|testis testes|criterion criteria
phenomenon phenomena|automaton automata|polyhedron polyhedra|bacterium bacteria|curriculum curricula|datum data|erratum errata|medium media|memorandum memoranda|stratum strata|spectrum spectra
aquarium aquaria|terrarium terraria|stadium stadia|millennium millennia|symposium symposia|podium podia|gymnasium gymnasia|ovum ova|forum fora|addendum addenda|referendum referenda
maximum maxima|minimum minima|quantum quanta|moratorium moratoria|planetarium planetaria|appendix appendices|index indices|matrix matrices|vertex vertices|vortex vortices|codex codices|helix helices
apex apices|cortex cortices|larva larvae|alga algae|antenna antennae|formula formulae|nebula nebulae|vertebra vertebrae|alumna alumnae|nova novae|pupa pupae|lacuna lacunae|fibula fibulae|bureau bureaux
chateau chateaux|plateau plateaux|tableau tableaux|gateau gateaux|trousseau trousseaux|adieu adieux|bandeau bandeaux|portmanteau portmanteaux|chapeau chapeaux|paparazzo paparazzi
graffito graffiti|panino panini|libretto libretti|virtuoso virtuosi|tempo tempi|concerto concerti|biscotto biscotti|raviolo ravioli|spaghetto spaghetti|zucchino zucchini|seraph seraphim
cherub cherubim|kibbutz kibbutzim|blintz blintzes|quiz quizzes|stimulus stimuli|passerby passersby|hero heroes|potato potatoes|tomato tomatoes|echo echoes|tornado tornadoes
volcano volcanoes|mosquito mosquitoes|mango mangoes|mango mangos|torpedo torpedoes|buffalo buffaloes|domino dominoes|cargo cargoes|halo haloes|motto mottoes|bus buses|bus busses|gas gases
lens lenses|iris irises|bias biases|canvas canvases|shoe shoes|toe toes|tie ties|pie pies|bookie bookies|woolen woollen|gray grey|color colour|colored coloured
multicolor multicolour|multicolored multicoloured|jewelry jewellery|tire tyre|tires tyres|yogurt yoghurt|pajamas pyjamas|pajama pyjama|aluminum aluminium|fiber fibre|center centre|liter litre
meter metre|theater theatre|caliber calibre|saber sabre|armor armour|flavor flavour|flavored flavoured|odor odour|vapor vapour|harbor harbour|honor honour|neighbor neighbour|mold mould
molding moulding|plow plough|donut doughnut|mustache moustache|airplane aeroplane|ax axe|check cheque|curb kerb|draft draught|catalog catalogue|dialog dialogue|license licence|defense defence
moisturizer moisturiser|moisturizing moisturising|organizer organiser|sanitizer sanitiser|fertilizer fertiliser|equalizer equaliser|stabilizer stabiliser|whiskey whisky
chili chilli|omelet omelette|cozy cosy|kabob kebab|barbecue barbeque|ketchup catsup|cigaret cigarette|program programme|traveler traveller|traveling travelling|modeling modelling
beveled bevelled|enameled enamelled|sulfur sulphur|pediatric paediatric|hummus houmous|falafel felafel|sari saree`;

const OTHER_FORMS = readPairs(PAIRS);

function readPairs(pairs: string): ReadonlyMap<string, readonly string[]> {
  const forms = new Map<string, string[]>();
  for (const pair of pairs.split(/[|\n]/)) {
    const [one, other] = pair.split(' ');
    if (one === undefined || other === undefined || one === other) continue;
    forms.set(one, [...new Set([...(forms.get(one) ?? []), other])]);
    forms.set(other, [...new Set([...(forms.get(other) ?? []), one])]);
  }
  return forms;
}

/** @returns the other number, or the other spelling, of an English word: "mice" for "mouse"; none for most words */
export function irregularForms(word: string): readonly string[] {
  return OTHER_FORMS.get(word) ?? [];
}
