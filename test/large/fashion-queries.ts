/** What a person might type, and what would be right. */
export interface AttributeQuery {
  readonly text: string;
  readonly articleTypes: readonly string[];
  readonly colors: readonly string[];
}

/** The ranking was tuned on these: how much words count beside vectors (src/search/query/scoring.ts). */
export const TUNED_QUERIES: readonly AttributeQuery[] = [
  { text: 'black leather wallet', articleTypes: ['Wallets'], colors: ['Black'] },
  { text: "navy blue men's polo", articleTypes: ['Tshirts'], colors: ['Navy Blue'] },
  { text: 'pink nail polish', articleTypes: ['Nail Polish'], colors: ['Pink'] },
  { text: 'red saree', articleTypes: ['Sarees'], colors: ['Red', 'Maroon'] },
  { text: 'white running shoes', articleTypes: ['Sports Shoes'], colors: ['White'] },
  { text: 'brown leather belt for men', articleTypes: ['Belts'], colors: ['Brown'] },
  { text: 'blue denim jeans', articleTypes: ['Jeans'], colors: ['Blue'] },
  { text: 'black high heels', articleTypes: ['Heels'], colors: ['Black'] },
  { text: 'purple t-shirt for girls', articleTypes: ['Tshirts', 'Tops'], colors: ['Purple'] },
  { text: 'silver earrings', articleTypes: ['Earrings'], colors: ['Silver'] },
  { text: 'green kurta women', articleTypes: ['Kurtas'], colors: ['Green'] },
  { text: 'grey backpack', articleTypes: ['Backpacks'], colors: ['Grey'] },
  { text: 'yellow tshirt', articleTypes: ['Tshirts'], colors: ['Yellow'] },
  { text: 'black wrist watch with leather strap', articleTypes: ['Watches'], colors: ['Black'] },
  { text: 'brown aviator sunglasses', articleTypes: ['Sunglasses'], colors: ['Brown'] },
  { text: 'red flip flops', articleTypes: ['Flip Flops'], colors: ['Red'] },
  { text: "men's black formal shoes", articleTypes: ['Formal Shoes'], colors: ['Black'] },
  { text: 'white formal shirt', articleTypes: ['Shirts'], colors: ['White'] },
  { text: 'orange t shirt men', articleTypes: ['Tshirts'], colors: ['Orange'] },
  { text: 'black evening dress', articleTypes: ['Dresses'], colors: ['Black'] },
  { text: 'gold necklace', articleTypes: ['Necklace and Chains'], colors: ['Gold'] },
  { text: 'blue backpack for school', articleTypes: ['Backpacks'], colors: ['Blue', 'Navy Blue'] },
  { text: 'black socks', articleTypes: ['Socks'], colors: ['Black'] },
  { text: 'red handbag', articleTypes: ['Handbags'], colors: ['Red'] },
  { text: 'beige trousers', articleTypes: ['Trousers'], colors: ['Beige'] },
  { text: 'striped blue shirt', articleTypes: ['Shirts'], colors: ['Blue', 'Navy Blue'] },
  { text: 'black baseball cap', articleTypes: ['Caps'], colors: ['Black'] },
  { text: 'red lipstick', articleTypes: ['Lipstick'], colors: ['Red'] },
  { text: 'white tank top for women', articleTypes: ['Tops'], colors: ['White'] },
  { text: 'grey sweatshirt with hood', articleTypes: ['Sweatshirts'], colors: ['Grey', 'Grey Melange'] },
  { text: 'navy blue track pants', articleTypes: ['Track Pants'], colors: ['Navy Blue'] },
  { text: 'black silk tie', articleTypes: ['Ties'], colors: ['Black'] },
  { text: 'green handbag', articleTypes: ['Handbags'], colors: ['Green'] },
  { text: 'brown casual shoes men', articleTypes: ['Casual Shoes'], colors: ['Brown'] },
  { text: 'silver ring', articleTypes: ['Ring'], colors: ['Silver'] },
  { text: 'pink bra', articleTypes: ['Bra'], colors: ['Pink'] },
  { text: 'grey sports shorts', articleTypes: ['Shorts'], colors: ['Grey'] },
  { text: 'golden sandals with heels', articleTypes: ['Heels'], colors: ['Gold'] },
  { text: 'black leather jacket', articleTypes: ['Jackets'], colors: ['Black'] },
  { text: 'blue perfume for men', articleTypes: ['Perfume and Body Mist'], colors: ['Blue'] },
];

/** And looked at on these only afterwards. */
export const HELD_OUT_QUERIES: readonly AttributeQuery[] = [
  { text: 'ladies purple purse', articleTypes: ['Handbags', 'Clutches', 'Wallets'], colors: ['Purple'] },
  { text: 'maroon kurta', articleTypes: ['Kurtas'], colors: ['Maroon'] },
  { text: 'black sneakers', articleTypes: ['Casual Shoes', 'Sports Shoes'], colors: ['Black'] },
  { text: 'white watch for women', articleTypes: ['Watches'], colors: ['White'] },
  { text: 'tan leather belt', articleTypes: ['Belts'], colors: ['Tan', 'Brown'] },
  { text: 'pink dress for little girls', articleTypes: ['Dresses'], colors: ['Pink'] },
  { text: 'red shirt checked', articleTypes: ['Shirts'], colors: ['Red'] },
  { text: 'silver pendant', articleTypes: ['Pendant'], colors: ['Silver'] },
  { text: 'black shorts', articleTypes: ['Shorts'], colors: ['Black'] },
  { text: 'green polo tee', articleTypes: ['Tshirts'], colors: ['Green'] },
  { text: 'grey wool sweater', articleTypes: ['Sweaters'], colors: ['Grey'] },
  { text: 'steel cufflinks', articleTypes: ['Cufflinks'], colors: ['Steel', 'Silver'] },
  { text: 'blue flip flops for men', articleTypes: ['Flip Flops'], colors: ['Blue', 'Navy Blue'] },
  { text: 'white socks', articleTypes: ['Socks'], colors: ['White'] },
  { text: 'brown handbag leather', articleTypes: ['Handbags'], colors: ['Brown'] },
  { text: 'multicoloured saree', articleTypes: ['Sarees'], colors: ['Multi'] },
  { text: 'black sunglasses', articleTypes: ['Sunglasses'], colors: ['Black'] },
  { text: 'yellow top women', articleTypes: ['Tops'], colors: ['Yellow'] },
  { text: 'brown mens sandals', articleTypes: ['Sandals'], colors: ['Brown'] },
  { text: 'white briefs', articleTypes: ['Briefs'], colors: ['White'] },
];
