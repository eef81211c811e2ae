import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { ConfigError, readConfig, SETTINGS } from '../src/config.ts'

function faultsOf(environment: Record<string, string>): readonly string[] {
  try {
    readConfig(environment)
    return []
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    return error.faults
  }
}

describe('settings', () => {
  it('are all optional', () => {
    expect(readConfig({})).toEqual({
      dataDir: './data',
      host: '127.0.0.1',
      port: 3000,
      publicUrl: 'http://localhost:3000',
      secureCookies: false,
      trustProxy: [],
      logLevel: 'info',
      smtpUrl: undefined,
      mailFrom: 'no-reply@localhost',
      onionAddress: undefined,
    })
  })

  it('that are empty are as if they were not there', () => {
    const empty = Object.fromEntries(Object.keys(SETTINGS).map((name) => [name, '']))
    expect(readConfig(empty)).toEqual(readConfig({}))
  })

  it('follow from each other where they are not said', () => {
    const config = readConfig({ PORT: '8080' })
    expect(config.publicUrl).toBe('http://localhost:8080')
    const office = readConfig({
      PUBLIC_URL: 'https://siang.mueangmai.example/',
      TRUST_PROXY: '10.0.0.1, 10.0.0.2',
    })
    expect(office).toMatchObject({
      publicUrl: 'https://siang.mueangmai.example',
      secureCookies: true,
      trustProxy: ['10.0.0.1', '10.0.0.2'],
      mailFrom: 'no-reply@siang.mueangmai.example',
    })
  })

  it('are refused with every fault at once, each with its name', () => {
    const faults = faultsOf({
      PORT: 'http',
      PUBLIC_URL: 'siang.example',
      LOG_LEVEL: 'loud',
      SMTP_URL: 'https://mail.example',
      MAIL_FROM: 'the office',
    })
    expect(faults.map((fault) => fault.split(':')[0])).toEqual([
      'PORT',
      'PUBLIC_URL',
      'LOG_LEVEL',
      'SMTP_URL',
      'MAIL_FROM',
    ])
  })

  it.each([
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['PUBLIC_URL', 'ftp://siang.example'],
    ['TRUST_PROXY', 'proxy.example'],
    ['TRUST_PROXY', '10.0.0.1,'],
    ['TRUST_PROXY', '10.0.0.0/33'],
    ['TRUST_PROXY', '10.0.0.0/0'],
    ['MAIL_FROM', 'a@b.example, c@d.example'],
    ['MAIL_FROM', 'Office <office@example.com>'],
    ['ONION_ADDRESS', `http://${'a'.repeat(56)}.onion`],
    ['ONION_ADDRESS', 'siang.onion'],
  ])('%s cannot be %s', (name, value) => {
    expect(faultsOf({ [name]: value })).toHaveLength(1)
  })

  it('tell nothing of a password when they are refused', () => {
    const faults = faultsOf({ SMTP_URL: 'http://office:secret@mail.example' })
    expect(faults).toHaveLength(1)
    expect(faults.join()).not.toContain('secret')
  })
})

describe('.env.example', () => {
  it('lists the settings with the same texts as --help', () => {
    const listed = [...readFileSync('.env.example', 'utf8').matchAll(/^# (.+)\n#(\w+)=$/gm)]
    expect(Object.fromEntries(listed.map(([, text, name]) => [name, text]))).toEqual(SETTINGS)
  })
})

describe('docker-compose.yml', () => {
  it('hands the portal settings that exist', () => {
    const compose = readFileSync('docker-compose.yml', 'utf8')
    const named = [...compose.matchAll(/\$\{(\w+):-/g)].map(([, name]) => name)
    expect(named.length).toBeGreaterThan(4)
    expect(named.filter((name) => !(`${name}` in SETTINGS))).toEqual([])
  })
})
