/**
 * Twenty queries on the Luma catalogue (../shared/catalogs/luma), written from its feed before the search had answered any of them. Products are told by the
 * beginning of the sku of any variant. They were written when each row was a product of its own: where the first ones had to be several of one style, that is one product now.
 */
export interface LumaQuery {
  readonly text: string;
  /** Each of the first products, as many as `first`, begins with one of these; none for what the shop does not have. */
  readonly skus: readonly string[];
  /** (1) */
  readonly first?: number;
  readonly quality: readonly ('STRONG' | 'WEAK' | 'NONE')[];
}

const SURE = ['STRONG'] as const;
const FOUND = ['STRONG', 'WEAK'] as const;

export const LUMA_QUERIES: readonly LumaQuery[] = [
  { text: 'duffle bag', skus: ['24-MB01', '24-UB02', '24-WB07'], first: 3, quality: SURE },
  { text: 'waterproof backpack', skus: ['24-MB03', '24-MB02'], first: 2, quality: SURE },
  { text: 'jumprope', skus: ['24-UG04'], quality: SURE },
  { text: 'push up grips', skus: ['24-UG05'], quality: SURE },
  { text: 'stasis ball 65cm', skus: ['24-WG082'], first: 3, quality: SURE },
  { text: 'yoga strap 8 ft', skus: ['24-WG086'], quality: FOUND },
  { text: 'wsh04', skus: ['WSH04-'], quality: SURE },
  { text: 'mh03 s blue', skus: ['MH03-S-Blue'], quality: SURE },
  { text: 'crew neck running tee', skus: ['MS12-'], quality: SURE },
  { text: 'v-neck tee', skus: ['MS11-', 'MS02-'], first: 2, quality: SURE },
  { text: 'womens compression shorts', skus: ['WSH'], first: 3, quality: FOUND },
  { text: 'leather messenger bag', skus: ['24-MB06'], quality: SURE },
  { text: 'striped capri', skus: ['WP11-'], quality: SURE },
  { text: 'grey hoodie', skus: ['MH01-', 'MH07-'], first: 2, quality: FOUND },
  { text: 'checked bra', skus: ['WB05-'], quality: SURE },
  { text: 'lumatech pants', skus: ['MP02-', 'MP04-', 'MP08-', 'WP03-', 'WP04-', 'WP05-'], first: 3, quality: SURE },
  { text: 'ajax fullzip sweatshirt', skus: ['MH12-'], quality: SURE },
  { text: 'digital wach', skus: ['24-MG02'], quality: ['WEAK'] },
  { text: 'snowboard boots', skus: [], quality: ['NONE'] },
  { text: 'please show me a nice cheap water bottle for the gym', skus: ['24-UG06'], quality: FOUND },
];
