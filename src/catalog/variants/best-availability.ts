import { AVAILABILITY_ORDER, type Availability } from '../../database/closed-sets.ts';

/** The one of several that a shopper likes best: as best_availability() of sql/functions/47_variants.sql. */
export function bestAvailability(states: readonly Availability[]): Availability {
  return AVAILABILITY_ORDER.find((state) => states.includes(state)) ?? 'OUT_OF_STOCK';
}
