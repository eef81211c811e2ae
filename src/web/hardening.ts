import type { FastifyInstance } from 'fastify'

const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "script-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join('; ')

export function hardeningHeaders(secure: boolean): Record<string, string> {
  return {
    'content-security-policy': CONTENT_SECURITY_POLICY,
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    // `no-referrer` would make browsers send `Origin: null` and break the origin check.
    'referrer-policy': 'same-origin',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'geolocation=(self), camera=(), microphone=(), interest-cohort=()',
    ...(secure ? { 'strict-transport-security': 'max-age=31536000' } : {}),
  }
}

/** Where "leave this page now" leads: the weather, which anybody may be looking at. */
export const LEAVE_FOR = 'https://www.tmd.go.th/'

/** Chromium holds a form's redirect to `form-action` as well, so that the one place outside is named there. */
const STRICT_POLICY = [
  "default-src 'none'",
  "style-src 'self'",
  "img-src 'self'",
  "font-src 'self'",
  `form-action 'self' ${new URL(LEAVE_FOR).origin}`,
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join('; ')

const DEVICE_FEATURES =
  'accelerometer autoplay bluetooth browsing-topics camera clipboard-read clipboard-write display-capture encrypted-media fullscreen gamepad geolocation gyroscope hid identity-credentials-get idle-detection keyboard-map local-fonts magnetometer microphone midi otp-credentials payment picture-in-picture publickey-credentials-create publickey-credentials-get screen-wake-lock serial storage-access sync-xhr usb web-share window-management xr-spatial-tracking'

/** Headers of every answer to who reports corruption: no script, no device, no trace in a cache or an index. */
export function strictHeaders(secure: boolean): Record<string, string> {
  return {
    ...hardeningHeaders(secure),
    'content-security-policy': STRICT_POLICY,
    'cache-control': 'no-store',
    'permissions-policy': DEVICE_FEATURES.split(' ')
      .map((feature) => `${feature}=()`)
      .join(', '),
    'x-robots-tag': 'noindex, noarchive',
  }
}

/** Headers of every answer, errors included; a route may replace them by stricter ones. */
export function hardenAnswers(app: FastifyInstance, secure: boolean): void {
  const headers = hardeningHeaders(secure)
  app.addHook('onRequest', async (_request, reply) => {
    reply.headers(headers)
  })
}

/** Personal pages: kept by no cache, ours or a stranger's. */
export function forbidCaching(scope: FastifyInstance): void {
  scope.addHook('onRequest', async (_request, reply) => {
    reply.header('cache-control', 'no-store')
  })
}
