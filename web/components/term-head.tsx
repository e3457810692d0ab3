import { Icon } from './icon.tsx';

/** Name of a term and the button that takes it away. */
export function TermHead({
  icon,
  name,
  onRemove,
}: {
  readonly icon: 'words' | 'picture' | 'product';
  readonly name: string;
  readonly onRemove?: () => void;
}) {
  return (
    <div class="term-head">
      <Icon name={icon} />
      <span class="term-name" title={name}>
        {name}
      </span>
      {onRemove !== undefined && (
        <button type="button" class="quiet icon-only" aria-label={`Remove ${name}`} onClick={onRemove}>
          <Icon name="close" />
        </button>
      )}
    </div>
  );
}
