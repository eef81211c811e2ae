import { isIP } from 'node:net'
import { z } from 'zod'

/** Every setting of the process. The texts are printed by `--help` and must match `.env.example`. */
export const SETTINGS = {
  DATA_DIR: 'folder of the databases, files and keys (default ./data)',
  HOST: 'address to listen on (default 127.0.0.1; 0.0.0.0 behind a reverse proxy in a container)',
  PORT: 'port to listen on (default 3000)',
  PUBLIC_URL: 'address that citizens type, used in slips and mail (default http://localhost:PORT)',
  TRUST_PROXY:
    'comma-separated addresses of reverse proxies whose X-Forwarded-For is believed (default none)',
  LOG_LEVEL: 'fatal, error, warn, info, debug or silent (default info)',
  SMTP_URL:
    'mail server, smtp://user:password@host:587 or smtps://... (default none: mail waits in the outbox)',
  MAIL_FROM: 'sender address of outgoing mail (default no-reply@ the host of PUBLIC_URL)',
  ONION_ADDRESS:
    'host of the Tor onion service that leads to the portal, 56 letters and .onion (default none)',
} as const

const optionalText = z
  .string()
  .trim()
  .optional()
  .transform((text) => (text ? text : undefined))

const url = (protocols: string[]) =>
  optionalText.refine(
    (text) => text === undefined || (URL.canParse(text) && protocols.includes(new URL(text).protocol)),
    `must be an address beginning with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`,
  )

function isAddressOrNetwork(text: string): boolean {
  const [address = '', bits = '1', ...more] = text.trim().split('/')
  const version = isIP(address)
  const most = version === 4 ? 32 : 128
  return version !== 0 && more.length === 0 && /^[1-9]\d{0,2}$/.test(bits) && Number(bits) <= most
}

const Environment = z.object({
  DATA_DIR: optionalText,
  HOST: optionalText,
  PORT: z
    .string()
    .trim()
    .regex(/^\d{1,5}$/, 'must be a number from 0 to 65535')
    .transform(Number)
    .refine((port) => port <= 65_535, 'must be a number from 0 to 65535')
    .optional(),
  PUBLIC_URL: url(['http:', 'https:']),
  TRUST_PROXY: optionalText.refine(
    (text) => text === undefined || text.split(',').every(isAddressOrNetwork),
    'must be IP addresses or networks, like 10.0.0.1 or 10.0.0.0/8, separated by commas',
  ),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).optional(),
  SMTP_URL: url(['smtp:', 'smtps:']),
  MAIL_FROM: optionalText.refine(
    (text) => text === undefined || /^[^\s@<>]+@[^\s@<>]+$/.test(text),
    'must be one e-mail address',
  ),
  ONION_ADDRESS: optionalText.refine(
    (text) => text === undefined || /^[a-z2-7]{56}\.onion$/.test(text),
    'must be 56 letters and digits followed by .onion, without http://',
  ),
})

export interface Config {
  dataDir: string
  host: string
  port: number
  /** Without a trailing slash. */
  publicUrl: string
  secureCookies: boolean
  trustProxy: string[]
  logLevel: string
  smtpUrl: string | undefined
  mailFrom: string
  /** Host of the onion service, where there is no TLS and no need of it. */
  onionAddress: string | undefined
}

export class ConfigError extends Error {
  readonly faults: readonly string[]

  constructor(faults: readonly string[]) {
    super(`The settings are not usable:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`)
    this.faults = faults
  }
}

/** Reads the environment once. @throws ConfigError listing every fault at once */
export function readConfig(environment: NodeJS.ProcessEnv): Config {
  const known = Object.fromEntries(
    Object.keys(SETTINGS).map((name) => [name, environment[name] === '' ? undefined : environment[name]]),
  )
  const parsed = Environment.safeParse(known)
  if (!parsed.success) {
    throw new ConfigError(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`))
  }
  const env = parsed.data
  const port = env.PORT ?? 3000
  const publicUrl = (env.PUBLIC_URL ?? `http://localhost:${port}`).replace(/\/+$/, '')
  return {
    dataDir: env.DATA_DIR ?? './data',
    host: env.HOST ?? '127.0.0.1',
    port,
    publicUrl,
    secureCookies: publicUrl.startsWith('https:'),
    trustProxy: env.TRUST_PROXY?.split(',').map((address) => address.trim()) ?? [],
    logLevel: env.LOG_LEVEL ?? 'info',
    smtpUrl: env.SMTP_URL,
    mailFrom: env.MAIL_FROM ?? `no-reply@${new URL(publicUrl).hostname}`,
    onionAddress: env.ONION_ADDRESS,
  }
}

/** Runs `work`; settings that are not usable end the process with their list instead of a stack trace. */
export async function refuseBadSettings(work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    console.error(error.message)
    process.exitCode = 1
  }
}
