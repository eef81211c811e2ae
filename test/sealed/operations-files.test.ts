import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { BODY_LIMITS } from '#sealed/report-body.ts'
import {
  ASSET_PATHS,
  CHANNEL_PATHS,
  headersSet,
  locationFor,
  ofName,
  parseNginx,
  SAMPLE,
  settingOf,
} from './nginx-file.ts'

// The files in deploy/ are part of the promise; test/sealed/reverse-proxy.test.ts runs nginx with its own.

describe('deploy/nginx.conf', () => {
  const http = parseNginx(SAMPLE)
  const servers = ofName(http, 'server').map(({ block }) => block ?? [])
  const [plain = [], secure = [], onion = []] = servers

  it('has a server that leads to https, one with TLS, and one for the onion address', () => {
    expect(servers).toHaveLength(3)
    expect(settingOf('listen', plain)).toBe('80')
    expect(settingOf('return', plain)).toMatch(/^301 https:/)
    expect(settingOf('listen', secure)).toBe('443 ssl')
    expect(settingOf('listen', onion)).toMatch(/^127\.0\.0\.1:/)
    expect(settingOf('ssl_session_tickets', secure)).toBe('off')
    for (const server of servers) expect(settingOf('server_tokens', server)).toBe('off')
  })

  describe.each([
    ['the web', secure],
    ['the onion address', onion],
  ])('on %s', (_, server) => {
    it.each(CHANNEL_PATHS)(
      'writes nothing of %s down, and passes on nothing that tells who it was',
      (path) => {
        const place = locationFor(server, path)
        expect(settingOf('access_log', place)).toBe('off')
        expect(settingOf('error_log', place)).toBe('/dev/null crit')
        expect(settingOf('gzip', place)).toBe('off')
        expect(settingOf('proxy_request_buffering', place)).toBe('off')
        expect(settingOf('proxy_buffering', place)).toBe('off')
        expect(settingOf('proxy_max_temp_file_size', place)).toBe('0')
        expect(settingOf('proxy_http_version', place, server)).toBe('1.1')
        // /run is a file system in memory.
        expect(settingOf('client_body_temp_path', place)).toMatch(/^\/(run|dev\/shm)\//)
        expect(headersSet(place)).toEqual({
          Host: '$host',
          ...Object.fromEntries(
            ['X-Forwarded-For', 'X-Real-IP', 'Forwarded', 'User-Agent', 'Accept-Language'].map((name) => [
              name,
              '',
            ]),
          ),
        })
      },
    )

    it.each(ASSET_PATHS)('writes nothing of %s down: a page of the channel loads it', (path) => {
      const place = locationFor(server, path)
      expect(settingOf('access_log', place)).toBe('off')
      expect(settingOf('error_log', place)).toBe('/dev/null crit')
      expect(headersSet(place)).toMatchObject({ 'X-Forwarded-For': '', Referer: '' })
    })
  })

  it('writes nothing down of addresses that were typed without https', () => {
    expect(settingOf('access_log', plain)).toBe('off')
  })

  it('shows the channel alone at the onion address, and logs nothing there', () => {
    expect(settingOf('access_log', onion)).toBe('off')
    for (const path of ['/', '/track', '/staff/sign-in']) {
      expect(locationFor(onion, path).map(({ name, args }) => [name, ...args])).toEqual([
        ['return', '303', '/safe'],
      ])
    }
  })

  it('has no log of errors anywhere: its lines tell where a visitor came from', () => {
    for (const server of servers) {
      expect(settingOf('error_log', server)).toBe('/dev/null crit')
      for (const place of ofName(server, 'location')) {
        expect(ofName(place.block ?? [], 'error_log').every(({ args }) => args[0] === '/dev/null')).toBe(true)
      }
    }
  })

  it('logs time, address, method and status of other visits, and nothing else', () => {
    const formats = ofName(http, 'log_format')
    expect(formats.map(({ args }) => args)).toEqual([
      ['siang_traffic', '$time_iso8601 $remote_addr $request_method $status'],
    ])
    for (const block of [secure, ...ofName(secure, 'location').map((place) => place.block ?? [])]) {
      for (const { args } of ofName(block, 'access_log')) {
        expect(args[0] === 'off' ? 'siang_traffic' : args[1]).toBe('siang_traffic')
      }
    }
  })

  it('keeps what officers send and open off the disk, everywhere', () => {
    for (const path of ['/staff/sealed', '/staff/sealed/files/1', '/']) {
      const place = locationFor(secure, path)
      expect(settingOf('proxy_request_buffering', place, secure)).toBe('off')
      expect(settingOf('proxy_max_temp_file_size', place, secure)).toBe('0')
      expect(settingOf('client_body_temp_path', place, secure)).toMatch(/^\/run\//)
      expect(settingOf('proxy_temp_path', place, secure)).toMatch(/^\/run\//)
    }
  })

  it('takes bodies as large as the portal does', () => {
    for (const path of [...CHANNEL_PATHS, '/staff/sealed']) {
      const most = Number(
        /^(\d+)m$/.exec(settingOf('client_max_body_size', locationFor(secure, path), secure) ?? '')?.[1],
      )
      expect(most * 1024 * 1024).toBeGreaterThan(BODY_LIMITS.maxBodyBytes)
    }
  })
})

describe('deploy/siang.service', () => {
  const service = readFileSync('deploy/siang.service', 'utf8')
  const settings = Object.fromEntries(
    [...service.matchAll(/^([A-Za-z]+)=(.*)$/gm)].map(([, name = '', value = '']) => [name, value]),
  )

  it('keeps the memory of the process off the disk', () => {
    expect(settings).toMatchObject({ LimitCORE: '0', MemorySwapMax: '0' })
  })

  it('lets the process write its data folder alone, as nobody in particular', () => {
    expect(settings).toMatchObject({
      User: 'siang',
      UMask: '0077',
      StateDirectory: 'siang',
      StateDirectoryMode: '0700',
      ProtectSystem: 'strict',
      ProtectHome: 'yes',
      PrivateTmp: 'yes',
      PrivateDevices: 'yes',
      NoNewPrivileges: 'yes',
      CapabilityBoundingSet: '',
    })
    expect(service).toMatch(/^Environment=DATA_DIR=\/var\/lib\/siang$/m)
    expect(service).not.toMatch(/ReadWritePaths|--inspect|heapsnapshot|--report/)
  })

  it('believes the proxy on this machine, and starts what npm start starts', () => {
    expect(service).toMatch(/^Environment=TRUST_PROXY=127\.0\.0\.1$/m)
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'))
    expect(settings.ExecStart).toBe(`/usr/bin/${scripts.start}`)
  })
})

describe('deploy/torrc', () => {
  const lines = readFileSync('deploy/torrc', 'utf8').split('\n')

  it('leads an onion address of the current kind to the loopback, and logs nothing', () => {
    expect(lines).toContain('HiddenServiceVersion 3')
    const listening = /listen (127\.0\.0\.1:\d+);/.exec(SAMPLE)?.[1]
    expect(lines).toContain(`HiddenServicePort 80 ${listening}`)
    expect(lines).toContain('Log notice file /dev/null')
  })
})
