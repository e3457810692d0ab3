/** Of every document: nothing of it is shown inside another site, and no other site learns what was looked for. */
const COMMON = {
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'x-frame-options': 'DENY',
} as const;

/**
 * Headers of the page. Its policy: everything from this server alone, no script or style in the document itself.
 *
 * @param publicUrl - pictures of products may come from there, too. data: and blob: are pictures that the visitor chose
 */
export function pageHeaders(publicUrl: string | undefined): Readonly<Record<string, string>> {
  const pictures = publicUrl === undefined ? '' : ` ${new URL(publicUrl).origin}`;
  return {
    ...COMMON,
    'permissions-policy': 'camera=(self), clipboard-write=(self), microphone=(), geolocation=(), payment=(), usb=()',
    'content-security-policy': policy({
      'default-src': "'none'",
      'script-src': "'self'",
      'style-src': "'self'",
      'img-src': `'self' data: blob:${pictures}`,
      'font-src': "'self'",
      'connect-src': "'self'",
      'manifest-src': "'self'",
    }),
  };
}

/** Headers of the API explorer, whose editor writes its styles while it runs and works in threads of its own. */
export function explorerHeaders(): Readonly<Record<string, string>> {
  return {
    ...COMMON,
    'permissions-policy': 'camera=(), clipboard-write=(self), microphone=(), geolocation=(), payment=(), usb=()',
    'content-security-policy': policy({
      'default-src': "'none'",
      'script-src': "'self'",
      'style-src': "'self' 'unsafe-inline'",
      'img-src': "'self' data:",
      'font-src': "'self' data:",
      'connect-src': "'self'",
      'worker-src': "'self' blob:",
    }),
  };
}

function policy(sources: Readonly<Record<string, string>>): string {
  const all = { ...sources, 'base-uri': "'none'", 'form-action': "'self'", 'frame-ancestors': "'none'" };
  return Object.entries(all)
    .map(([name, value]) => `${name} ${value}`)
    .join('; ');
}
