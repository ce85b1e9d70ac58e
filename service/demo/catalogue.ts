/* oxlint-disable eslint/max-lines -- a catalogue is long */
/** What the demo store sells. */
import type { NewProduct } from '../products/schemas.ts';

export interface DemoProduct extends Omit<NewProduct, 'price'> {
  /** Minor units of the store's currency, whichever it is. */
  readonly price: number;
  /** Pieces delivered before the first order. */
  readonly stock: number;
}

type Item = Omit<DemoProduct, 'category'>;

const coffee: Item[] = [
  {
    sku: 'COF-KETTLE-GOOSE',
    name: 'Gooseneck kettle, 1 litre',
    price: 5990,
    stock: 14,
    description:
      'Pours a thin, steady stream for hand-brewed coffee. Brushed steel, for gas and induction.',
  },
  {
    sku: 'COF-DRIPPER-02',
    name: 'Ceramic dripper, size 02',
    price: 2250,
    stock: 40,
    description: 'Spiral ribs let the bloom breathe. Brews two to four cups straight into the pot.',
  },
  {
    sku: 'COF-FILTER-02-100',
    name: 'Paper filters, size 02, pack of 100',
    price: 590,
    stock: 160,
    description: 'Oxygen-bleached paper that leaves no taste. Fits every conical dripper.',
  },
  {
    sku: 'COF-PRESS-800',
    name: 'French press, 800 ml',
    price: 3490,
    stock: 25,
    description:
      'Double-walled steel keeps six cups hot for an hour. The fine sieve holds the grounds back.',
  },
  {
    sku: 'COF-GRINDER-HAND',
    name: 'Hand grinder with ceramic burrs',
    price: 7900,
    stock: 6,
    description:
      'Eighteen clicks from espresso to French press. Small enough for a rucksack, quiet at dawn.',
  },
  {
    sku: 'COF-SCALE-TIMER',
    name: 'Brewing scale with timer',
    price: 4490,
    stock: 18,
    description: 'Weighs to a tenth of a gram and starts counting when the first drop falls.',
  },
  {
    sku: 'COF-MOKA-6',
    name: 'Moka pot for six cups',
    price: 3190,
    stock: 22,
    description: 'The stovetop classic in polished aluminium: strong coffee in five minutes.',
  },
  {
    sku: 'COF-BEANS-ETH-250',
    name: 'Ethiopia Sidamo beans, 250 g',
    price: 1090,
    stock: 120,
    description: 'Washed arabica with notes of jasmine and apricot. Roasted light for filter.',
  },
  {
    sku: 'COF-BEANS-BRA-500',
    name: 'Brazil Santos beans, 500 g',
    price: 1590,
    stock: 90,
    description: 'Chocolate, hazelnut and little acid: an espresso roast that forgives mistakes.',
  },
  {
    sku: 'COF-BEANS-DECAF-250',
    name: 'Decaffeinated beans, 250 g',
    price: 1190,
    stock: 35,
    description: 'Colombian arabica, decaffeinated with spring water and carbon dioxide only.',
    imageUrl: null,
  },
  {
    sku: 'COF-CUP-ESPRESSO-4',
    name: 'Espresso cups, set of four',
    price: 2890,
    stock: 30,
    description: 'Thick porcelain that keeps a short drink warm, with saucers. Dishwasher safe.',
  },
];

const kitchen: Item[] = [
  {
    sku: 'KIT-MUG-BLUE-350',
    name: 'Blue stoneware mug, 350 ml',
    price: 1490,
    stock: 70,
    description: 'Thrown by hand, glazed in two blues; no two are quite alike. Microwave safe.',
  },
  {
    sku: 'KIT-BOWL-SALAD',
    name: 'Salad bowl of acacia wood',
    price: 3990,
    stock: 16,
    description: 'Oiled acacia, 28 cm across. Wipe it clean and oil it twice a year.',
  },
  {
    sku: 'KIT-KNIFE-CHEF-20',
    name: 'Chef’s knife, 20 cm',
    price: 8900,
    stock: 12,
    description: 'Forged carbon steel that takes a razor’s edge. Dry it after washing or it rusts.',
  },
  {
    sku: 'KIT-KNIFE-PARING',
    name: 'Paring knife, 9 cm',
    price: 2490,
    stock: 45,
    description: 'For peeling, hulling and everything a large knife is too clumsy for.',
  },
  {
    sku: 'KIT-BOARD-OAK',
    name: 'Cutting board of oak',
    price: 4490,
    stock: 20,
    description: 'End grain that is kind to blades, with a groove for juice. 40 by 30 cm.',
  },
  {
    sku: 'KIT-PAN-IRON-26',
    name: 'Cast iron pan, 26 cm',
    price: 4990,
    stock: 17,
    description: 'Seasoned with linseed oil. Sears a steak, bakes a loaf, outlives its owner.',
  },
  {
    sku: 'KIT-TOWEL-LINEN-2',
    name: 'Linen tea towels, pair',
    price: 1990,
    stock: 60,
    description: 'Heavy striped linen that dries glasses without lint and softens with each wash.',
  },
  {
    sku: 'KIT-JAR-1L',
    name: 'Preserving jar, 1 litre',
    price: 690,
    stock: 140,
    description: 'Glass with a wire clip and a rubber ring; for jam, rice or sourdough.',
  },
  {
    sku: 'KIT-MILL-PEPPER',
    name: 'Pepper mill of beech',
    price: 3290,
    stock: 8,
    description: 'A steel grinder from coarse to fine in turned beech, 21 cm tall.',
  },
  {
    sku: 'KIT-SPOON-OLIVE',
    name: 'Cooking spoon of olive wood',
    price: 990,
    stock: 85,
    description: 'One piece of olive wood with a grain of its own. Gentle to enamelled pots.',
  },
  {
    sku: 'KIT-COLANDER-ENAMEL',
    name: 'Enamel colander',
    price: 2790,
    stock: 4,
    description: 'White enamel with a blue rim. Stands on its own feet in the sink.',
  },
];

const stationery: Item[] = [
  {
    sku: 'STA-NOTEBOOK-A5-DOT',
    name: 'Notebook A5, dotted',
    price: 1290,
    stock: 150,
    description: 'Two hundred pages of 90 g paper, sewn so that they lie flat. Ink does not bleed.',
  },
  {
    sku: 'STA-NOTEBOOK-A4-RULED',
    name: 'Notebook A4, ruled',
    price: 1590,
    stock: 55,
    description: 'A working notebook with numbered pages and an index at the front.',
  },
  {
    sku: 'STA-PEN-FOUNTAIN-M',
    name: 'Fountain pen, medium nib',
    price: 3900,
    stock: 9,
    description:
      'A steel nib that writes at once, a brass body with some weight. Takes cartridges.',
  },
  {
    sku: 'STA-INK-BLUEBLACK',
    name: 'Blue-black ink, 50 ml',
    price: 1390,
    stock: 38,
    description: 'Darkens on the paper as it dries and does not fade. For any fountain pen.',
  },
  {
    sku: 'STA-PENCIL-HB-12',
    name: 'Pencils HB, dozen',
    price: 1090,
    stock: 95,
    description: 'Californian cedar that sharpens cleanly around a lead that rarely breaks.',
  },
  {
    sku: 'STA-SHARPENER-BRASS',
    name: 'Brass sharpener',
    price: 790,
    stock: 64,
    description: 'Solid brass with two replaceable blades: a long point and a short one.',
  },
  {
    sku: 'STA-ERASER-3',
    name: 'Erasers, set of three',
    price: 450,
    stock: 110,
    description: 'Soft vinyl that lifts graphite and leaves the paper whole.',
    imageUrl: null,
  },
  {
    sku: 'STA-ENVELOPE-C6-25',
    name: 'Envelopes C6, pack of 25',
    price: 850,
    stock: 75,
    description: 'Recycled grey paper with a deep flap; the gum is vegetable.',
  },
  {
    sku: 'STA-CALENDAR-WALL',
    name: 'Wall calendar',
    price: 1890,
    stock: 3,
    description: 'Twelve woodcuts of birds, with room to write beside every day.',
  },
  {
    sku: 'STA-TAPE-PAPER-5',
    name: 'Paper tape, five colours',
    price: 1190,
    stock: 48,
    description: 'Tears by hand, sticks to paper and walls, comes off without a trace.',
  },
  {
    sku: 'STA-RULER-STEEL-30',
    name: 'Steel ruler, 30 cm',
    price: 890,
    stock: 52,
    description: 'Etched in millimetres on one side and inches on the other. Does not slip.',
  },
];

const garden: Item[] = [
  {
    sku: 'GAR-SECATEURS',
    name: 'Bypass secateurs',
    price: 3790,
    stock: 21,
    description: 'Cut green wood up to 20 mm. Every part can be replaced, the spring too.',
  },
  {
    sku: 'GAR-TROWEL-STEEL',
    name: 'Hand trowel',
    price: 1790,
    stock: 44,
    description: 'Stainless steel on an ash handle, with a scale for planting depth.',
  },
  {
    sku: 'GAR-CAN-5L',
    name: 'Watering can, 5 litres',
    price: 3490,
    stock: 7,
    description: 'Galvanised steel with a brass rose as fine as summer rain.',
  },
  {
    sku: 'GAR-GLOVES-M',
    name: 'Garden gloves, medium',
    price: 1490,
    stock: 58,
    description: 'Goatskin palms against thorns, cotton backs that breathe.',
  },
  {
    sku: 'GAR-TWINE-JUTE-100',
    name: 'Jute twine, 100 m',
    price: 490,
    stock: 130,
    description: 'Ties tomatoes to their canes and rots away with them in autumn.',
  },
  {
    sku: 'GAR-SEED-TOMATO',
    name: 'Tomato seeds, five old varieties',
    price: 890,
    stock: 80,
    description:
      'Organic seeds for red, yellow and nearly black tomatoes. Sow under glass in March.',
  },
  {
    sku: 'GAR-SEED-MEADOW',
    name: 'Wildflower meadow, 50 g',
    price: 790,
    stock: 66,
    description: 'Thirty native flowers for ten square metres and very many bees.',
  },
  {
    sku: 'GAR-POT-TERRA-20',
    name: 'Terracotta pot, 20 cm',
    price: 1190,
    stock: 36,
    description: 'Frost-proof clay from Tuscany, with a saucer. Grows prettier with age.',
  },
  {
    sku: 'GAR-BIRDHOUSE',
    name: 'Nesting box for tits',
    price: 2390,
    stock: 13,
    description: 'Untreated larch with a 32 mm entrance. The front opens for cleaning in winter.',
  },
  {
    sku: 'GAR-LABELS-50',
    name: 'Plant labels of birch, 50 pieces',
    price: 650,
    stock: 72,
    description: 'Take pencil and keep it through a summer of rain.',
    imageUrl: null,
  },
  {
    sku: 'GAR-FORK-HAND',
    name: 'Hand fork',
    price: 1790,
    stock: 5,
    description: 'Three forged tines that loosen the soil without hurting the roots.',
  },
];

const home: Item[] = [
  {
    sku: 'HOM-CANDLE-BEESWAX-4',
    name: 'Beeswax candles, four',
    price: 1990,
    stock: 62,
    description: 'Burn for eight hours each and smell of honey even unlit.',
  },
  {
    sku: 'HOM-BLANKET-WOOL',
    name: 'Wool blanket, 140 by 200 cm',
    price: 8900,
    stock: 11,
    description: 'Undyed merino from one mill, woven in herringbone. Warm without being heavy.',
  },
  {
    sku: 'HOM-CUSHION-LINEN',
    name: 'Linen cushion, 45 cm',
    price: 3490,
    stock: 27,
    description: 'Washed linen in sand or slate, filled with feathers; the cover has a zip.',
  },
  {
    sku: 'HOM-LAMP-DESK',
    name: 'Desk lamp with hinged arm',
    price: 12900,
    stock: 5,
    description: 'Stays where it is put. Warm light, three steps, a switch that clicks.',
  },
  {
    sku: 'HOM-VASE-GLASS',
    name: 'Glass vase, mouth-blown',
    price: 4290,
    stock: 10,
    description: 'Smoke-grey glass with a narrow neck: one branch is enough.',
  },
  {
    sku: 'HOM-BASKET-SEAGRASS',
    name: 'Seagrass basket',
    price: 2990,
    stock: 24,
    description: 'For laundry, toys or firewood; folds flat when it is out of work.',
  },
  {
    sku: 'HOM-SOAP-OLIVE-3',
    name: 'Olive oil soap, three bars',
    price: 1290,
    stock: 105,
    description: 'Boiled for ten days and dried for a month. Lavender, lemon and plain.',
  },
  {
    sku: 'HOM-CLOCK-WALL',
    name: 'Silent wall clock',
    price: 4900,
    stock: 9,
    description: 'A sweeping hand that does not tick, large numerals, 30 cm across.',
  },
  {
    sku: 'HOM-HOOKS-OAK-3',
    name: 'Coat hooks of oak, three',
    price: 1890,
    stock: 46,
    description: 'Turned pegs with a hidden screw. Each carries a winter coat.',
  },
  {
    sku: 'HOM-DOORMAT-COCO',
    name: 'Doormat of coconut fibre',
    price: 2490,
    stock: 28,
    description: 'Keeps the street outside. 60 by 40 cm, with a rubber back.',
  },
  {
    sku: 'HOM-TOWEL-WAFFLE',
    name: 'Waffle bath towel',
    price: 3290,
    stock: 33,
    description: 'Organic cotton that dries you quickly and itself even quicker.',
  },
];

const outdoor: Item[] = [
  {
    sku: 'OUT-BOTTLE-STEEL-750',
    name: 'Steel bottle, 750 ml',
    price: 2490,
    stock: 100,
    description: 'Cold for a day, hot for half of one. The cap has no hidden corners.',
  },
  {
    sku: 'OUT-MUG-ENAMEL',
    name: 'Enamel camping mug',
    price: 1190,
    stock: 88,
    description: 'Goes on the fire, into the rucksack and onto the breakfast table.',
  },
  {
    sku: 'OUT-KNIFE-POCKET',
    name: 'Pocket knife with beech handle',
    price: 1990,
    stock: 41,
    description: 'A locking carbon blade of 9 cm: bread, cheese, kindling.',
  },
  {
    sku: 'OUT-LANTERN-LED',
    name: 'Camping lantern',
    price: 3890,
    stock: 15,
    description: 'Sixty hours of warm light from one charge; charges a telephone in return.',
  },
  {
    sku: 'OUT-HAMMOCK',
    name: 'Travel hammock',
    price: 4490,
    stock: 8,
    description: 'Parachute silk that packs to the size of an orange and carries 150 kg.',
  },
  {
    sku: 'OUT-RUCKSACK-20',
    name: 'Day rucksack, 20 litres',
    price: 6900,
    stock: 19,
    description: 'Waxed canvas with a sleeve for a laptop and a loop for an ice axe.',
  },
  {
    sku: 'OUT-BLANKET-PICNIC',
    name: 'Picnic blanket, waterproof back',
    price: 3990,
    stock: 26,
    description: 'Recycled wool above, coated canvas below; rolls up with a leather strap.',
  },
  {
    sku: 'OUT-STOVE-GAS',
    name: 'Gas stove, 85 g',
    price: 4590,
    stock: 6,
    description: 'Boils half a litre in three minutes and folds into a fist.',
  },
  {
    sku: 'OUT-ROPE-10M',
    name: 'Accessory cord, 10 m',
    price: 1290,
    stock: 50,
    description:
      'Six millimetres thick, strong as a car. For tarps and clothes lines, not climbing.',
    imageUrl: null,
  },
  {
    sku: 'OUT-COMPASS',
    name: 'Baseplate compass',
    price: 2790,
    stock: 23,
    description: 'Settles at once, glows at night, needs no battery and no signal.',
  },
  {
    sku: 'OUT-SOCKS-HIKING',
    name: 'Hiking socks of merino',
    price: 1890,
    stock: 78,
    description: 'Padded where boots rub. Fresh on the third day of a walk, or nearly.',
  },
];

const IMAGES = 'https://images.example.com';

/** By category, in the order in which they are added. */
export const CATALOGUE: readonly DemoProduct[] = Object.entries({
  coffee,
  kitchen,
  stationery,
  garden,
  home,
  outdoor,
}).flatMap(([category, items]) =>
  items.map((item) => ({
    category,
    imageUrl: `${IMAGES}/${item.sku.toLowerCase()}.jpg`,
    ...item,
  })),
);
