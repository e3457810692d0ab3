/** How amounts of one unit become amounts of the base unit of its dimension. */
export interface Unit {
  /** The base unit that the amount is given in: `g`, `ml`, `mm`. */
  readonly base: string;
  readonly factor: number;
  /** Whether the converted amount is rounded to three digits: 27" and 68.6 cm are the same. */
  readonly rounded: boolean;
  /** Whether its name is a word of its own, so that "9 in black" need not be inches. */
  readonly ambiguous: boolean;
}

/** `base: factor names`; ! in front of names that are also other words, ~ in front of a factor whose amounts are rounded. Names are folded. */
const TABLE = `
g: 0.001 mg milligram milligrams milligramm|1 g gr gram grams gramm gramme grammes gramos gramo grammo grammi г гр грамм 克|1000 kg kgs kilo kilos kilogram kilograms kilogramm kilogramme kilogrammes
kilogramos chilo chili кг 公斤|~28.3495 oz ounce ounces unze unzen onza onzas|~453.592 lb lbs !pound !pounds libras
ct: 1 ct carat carats karat quilates
ml: 1 ml milliliter millilitre milliliters millilitres cc мл 毫升|10 cl centiliter centilitre|100 dl deciliter decilitre|1000 l ltr liter litre liters litres litro litros litri л литр 升|~29.5735 floz|~3785.41 gal gallon
gallons|~473.176 pint pints|~946.353 quart quarts
mm: 0.001 μm um micron microns|1 mm millimeter millimetre millimeters millimetres мм 毫米|10 cm centimeter centimetre centimeters centimetres centimetri centimetros см 厘米|1000 !m mtr mtrs meter metre meters metres metro
metros metri м !米|1000000 km kilometer kilometre kilometers kilometres км|~25.4 !in inch inches zoll pouce pouces pulgada pulgadas pollice pollici tum tommer " ''|~304.8 ft !foot !feet '|~914.4 yd yds yard yards
m2: 0.0001 cm2 sqcm|1 m2 qm sqm|~0.092903 sqft ft2
mm2: 1 mm2
m3: 1 m3 cbm
gb: 0.000001 kb|0.001 mb|1 gb gigabyte gigabytes гб|1000 tb terabyte terabytes тб
mbit: 1 mbit mbps mbits|1000 gbit gbps gbits
w: 0.001 mw|1 w watt watts вт|1000 kw kilowatt kilowatts квт|~735.499 hp
v: 0.001 mv|1 !v volt volts вольт|1000 kv
a: 0.001 ma|1 !a amp amps ampere amperes
mah: 1 mah|1000 ah
wh: 1 wh|1000 kwh
hz: 1 hz hertz|1000 khz|1000000 mhz|1000000000 ghz
db: 1 db decibel decibels
lm: 1 lm lumen lumens
lux: 1 lux
nit: 1 nits
degc: 1 °c celsius
degf: 1 °f fahrenheit
kelvin: 1 !k kelvin
bar: 1 !bar|~0.0689476 psi
mp: 1 mp mpx megapixel megapixels
dpi: 1 dpi
rpm: 1 rpm
fps: 1 fps
gsm: 1 gsm
den: 1 den denier
tog: 1 tog
nm: 1 nm
s: 1 !s sec secs second seconds sekunden секунд|60 !min mins minute minutes minuten minuti minutos мин|3600 !h hr hrs hour hours stunden std heures horas ore ч
mo: 1 month months monate mois meses mesi|12 yr yrs !year !years jahre ans anos anni
pcs: 1 pc pcs piece pieces stk stuck stucke stuk stuks !st piezas pieza pezzi pz шт 件 個 个 枚 本
pack: 1 !pack !packs pk pkt
%: 1 % percent prozent`;

/** By folded name. */
export const UNITS: ReadonlyMap<string, Unit> = readTable();

function readTable(): ReadonlyMap<string, Unit> {
  const units = new Map<string, Unit>();
  const lines = TABLE.trim().split(/\n(?=\S+: )/);
  for (const line of lines) {
    const [base = '', rest = ''] = line.split(/: (.*)/s);
    for (const group of rest.split('|')) {
      const [factor = '', ...names] = group.trim().split(/\s+/);
      const rounded = factor.startsWith('~');
      const amount = Number(factor.replace('~', ''));
      for (const name of names) {
        const ambiguous = name.startsWith('!');
        units.set(name.replace('!', ''), { base, factor: amount, rounded, ambiguous });
      }
    }
  }
  return units;
}
