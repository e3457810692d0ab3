/**
 * What a workload is made by. Every number of it is in its hash: another recipe is another workload. bench/README.md says how the numbers were chosen.
 */
export const RECIPE = {
  /** Of the hash that decides everything about a product from its number, and of the rotation and the noise. */
  seed: 20_261_121,
  /** Of the workload's vectors; the parents' own are turned into this space, lengths and angles kept. */
  dimensions: 512,
  /** A picture's vector lies between its parent's and that of one of so many nearest pictures of other products, ... */
  neighbours: 10,
  /** ... at the parent with 1, at the neighbour with 0, evenly spread between these two, ... */
  parentShare: { least: 0.5, most: 1 },
  /** ... in so many steps. */
  shareSteps: 1024,
  /** Then two of so many vectors of noise are added: ... */
  noises: 1000,
  /** ... the differences of pictures that look alike elsewhere in the catalogue, with so much of a random direction (which leaves the parents' dimensions), ... */
  noiseRandomShare: 0.3,
  /** ... their lengths evenly spread between these two. */
  noiseLength: { least: 0.05, most: 0.2 },
  /** A text's vector is its parent's and two noise vectors, shortened to a share between these two. */
  textNoiseShare: { least: 0.2, most: 0.4 },
  /** Shares of products with so many pictures; the rest have one. */
  pictures: { none: 0.01, two: 0.07, three: 0.01, four: 0.01 },
  outOfStock: 0.05,
  /** A price is its parent's times a factor between these two. */
  priceFactor: { least: 0.8, most: 1.25 },
  /** Vectors of queries of each kind. */
  queries: 100,
} as const;

/** The schema that holds what is not the shop's: parents while children are made, query vectors, what exact search found. */
export const SCRATCH = 'workload';
