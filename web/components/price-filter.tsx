import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';

interface Price {
  readonly min: string;
  readonly max: string;
}

/** As the contract takes it: digits, and at most four decimals. */
const DECIMAL = /^(\d{1,15}(\.\d{1,4})?)?$/;

/** The lowest and the highest price, both included. What is typed counts when the field is left or Enter is pressed. */
export function PriceFilter({
  range,
  chosen,
  onChange,
  currency,
  currencies,
  onCurrency,
}: {
  /** The lowest and the highest price there is. */
  readonly range: Price | null;
  readonly chosen: Price;
  readonly onChange: (price: Price) => void;
  /** What prices are in now; empty where that is not known. */
  readonly currency: string;
  /** Those of all prices. */
  readonly currencies: readonly string[];
  readonly onCurrency: (currency: string) => void;
}) {
  const min = useSignal(chosen.min);
  const max = useSignal(chosen.max);
  // Each by itself: what is being typed into one field stays while the other takes effect.
  useEffect(() => {
    min.value = chosen.min;
  }, [chosen.min, min]);
  useEffect(() => {
    max.value = chosen.max;
  }, [chosen.max, max]);
  const several = currencies.length > 1;
  if (range === null && chosen.min === '' && chosen.max === '' && !several) return null;
  const crossed = min.value !== '' && max.value !== '' && Number(min.value) > Number(max.value);
  const wrong = !DECIMAL.test(min.value) || !DECIMAL.test(max.value) || crossed;
  const apply = () => {
    if (!wrong && (min.value !== chosen.min || max.value !== chosen.max)) onChange({ min: min.value, max: max.value });
  };
  const field = (name: string, value: typeof min, limit: string | undefined) => (
    <input
      type="text"
      inputMode="decimal"
      aria-label={name}
      aria-invalid={wrong}
      aria-describedby={wrong ? 'price-problem' : undefined}
      placeholder={limit ?? ''}
      value={value.value}
      onInput={(event) => {
        value.value = event.currentTarget.value.trim().replace(',', '.');
      }}
      onChange={apply}
    />
  );
  return (
    <details class="filter" open>
      <summary>
        <h3>{currency === '' ? 'Price' : `Price, ${currency}`}</h3>
      </summary>
      {several && (
        <label class="field">
          <span>Currency</span>
          <select value={currency} onChange={(event) => onCurrency(event.currentTarget.value)}>
            {(currencies.includes(currency) ? currencies : [currency, ...currencies]).map((each) => (
              <option key={each} value={each}>
                {each}
              </option>
            ))}
          </select>
        </label>
      )}
      <form
        class="price"
        onSubmit={(event) => {
          event.preventDefault();
          apply();
        }}
      >
        {field('Lowest price', min, range?.min)}
        <span aria-hidden="true">to</span>
        {field('Highest price', max, range?.max)}
        <button type="submit" class="off-screen" tabIndex={-1}>
          Apply the price
        </button>
      </form>
      {wrong && (
        <p id="price-problem" class="problem">
          {crossed ? 'The lowest price is above the highest.' : 'A number such as 12 or 12.50.'}
        </p>
      )}
    </details>
  );
}
