import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadAssets } from '#web/assets.ts'
import { createUi, openViews, page, render, type StaffUi, type Ui } from '#web/views.ts'
import { MONDAY, OFFICE } from '../support/portal.ts'

const folder = mkdtempSync(join(tmpdir(), 'siang-views-'))
const views = openViews(folder)
const assets = loadAssets().urls
const uiAt = (url: string, viewer?: StaffUi): Ui =>
  createUi({ url, zone: viewer ? 'staff' : 'public', office: OFFICE, assets, now: MONDAY, viewer })
const ui = uiAt('/guide?a=1')

let written = 0
/** Renders a template that is written here, with the keys its page declares. */
function show(template: string, data: Record<string, unknown> = {}, keys = Object.keys(data)): string {
  written += 1
  writeFileSync(join(folder, `t${written}.eta`), template)
  return views.render(page<Record<string, unknown>>(`t${written}`, keys), ui, data)
}

beforeAll(() => {
  for (const name of ['partials', 'layouts']) symlinkSync(resolve('views', name), join(folder, name))
})
afterAll(() => rmSync(folder, { recursive: true }))

describe('a page', () => {
  it('escapes what it prints', () => {
    expect(show('<b title="<%= it.a %>"><%= it.a %></b>', { a: `"<i>&'` })).toBe(
      '<b title="&quot;&lt;i&gt;&amp;&#39;">&quot;&lt;i&gt;&amp;&#39;</b>',
    )
  })

  it('throws when it uses a key its page() does not declare', () => {
    expect(() => show('<%= it.a %><%= it.typo %>', { a: 1 })).toThrow('uses keys it does not declare: typo')
  })

  it('throws when a key is declared and never used, even in a branch not taken', () => {
    expect(() => show('<%= it.a %>', { a: 1, b: 2 })).toThrow('declares keys it never uses: b')
    expect(show('<% if (it.b) { %><%= it.a %><% } %>', { a: 1, b: false })).toBe('')
  })

  it('throws when it is handed a key its page() does not declare', () => {
    expect(() => show('<%= it.a %>', { a: 1, secret: 2 }, ['a'])).toThrow('does not declare: secret')
  })

  it('throws rather than print a value that is not there', () => {
    expect(() => show('<%= it.a %>', { a: undefined })).toThrow('not there')
    expect(() => show('<%= it.a %>', { a: null })).toThrow('not there')
  })

  it('shares its data with the views it includes', () => {
    writeFileSync(join(folder, '_half.eta'), '<%= it.b %>')
    expect(show("<%= it.a %><%~ include('./_half') %>", { a: 'x', b: 'y' })).toBe('xy')
  })
})

describe('a part', () => {
  it('sees its own parameters and nothing of the page', () => {
    writeFileSync(join(folder, '_part.eta'), "<%= it.label %><%= it.hint ?? '-' %>")
    expect(show("<%= it.hint %><%~ part('/_part', { label: 'L' }) %>", { hint: 'H' })).toBe('HL-')
  })

  it('throws for a parameter it does not take', () => {
    expect(() => show("<%~ part('warning', { txet: 'x' }) %>")).toThrow('takes no txet')
  })
})

describe('form parts', () => {
  const field = `{ name: 'subject', label: 'หัวข้อ', hint: 'สั้น ๆ', error: it.error, value: it.value }`

  it('tie label, hint and error to the field', () => {
    const html = show(`<%~ part('input', ${field}) %>`, { error: 'กรุณากรอก', value: '"><script>' })
    expect(html).toContain('for="subject"')
    expect(html).toContain('aria-describedby="subject-hint subject-error" aria-invalid="true"')
    expect(html).toContain('id="subject-error" class="govuk-error-message"')
    expect(html).toContain('value="&quot;&gt;&lt;script&gt;"')
  })

  it('say nothing of an error when there is none', () => {
    const html = show(`<%~ part('input', ${field}) %>`, { error: null, value: '' })
    expect(html).toContain('aria-describedby="subject-hint"')
    expect(html).not.toMatch(/error|invalid/)
  })

  it('keep a line break at the start of a typed text', () => {
    const html = show(`<%~ part('textarea', ${field}) %>`, { error: null, value: '\nสอง' })
    expect(html).toMatch(/<textarea[^>]*>\n\nสอง<\/textarea>/)
  })

  it('mark what was chosen', () => {
    const items = [
      { value: 'a', text: 'ก' },
      { value: 'b', text: 'ข' },
    ]
    const select = `<%~ part('select', { name: 's', label: 'l', value: 'b', groups: [{ label: 'g', options: it.items }] }) %>`
    expect(show(select, { items })).toMatch(/<optgroup label="g">[\s\S]*<option value="b" selected>ข/)
    const radios = `<%~ part('radios', { name: 'r', legend: 'l', value: 'b', items: it.items }) %>`
    expect(show(radios, { items })).toContain('id="r-2" name="r" type="radio" value="b" checked')
    const boxes = `<%~ part('checkboxes', { name: 'c', legend: 'l', values: ['a', 'b'], items: it.items }) %>`
    expect(show(boxes, { items }).match(/ checked/g)).toHaveLength(2)
  })

  it('keep the files that were sent before and offer to drop each', () => {
    const kept = [{ token: 't1', name: 'ภาพ<1>.jpg', size: '2 MB' }]
    const html = show(`<%~ part('files', { name: 'files', label: 'แนบ', kept: it.kept }) %>`, { kept })
    expect(html).toContain('<input type="hidden" name="kept" value="t1">')
    expect(html).toMatch(/name="drop" type="checkbox" value="t1"/)
    expect(html).toContain('ภาพ&lt;1&gt;.jpg')
  })

  it('list the errors with links to their fields', () => {
    const summary = `<%~ part('error-summary', { errors: it.errors }) %>`
    const html = show(summary, { errors: { subject: 'กรุณากรอกหัวข้อ', place: 'กรุณาระบุสถานที่' } })
    expect(html).toContain('<a href="#subject">กรุณากรอกหัวข้อ</a>')
    expect(html).toContain('กรุณาแก้ไขข้อมูล 2 แห่งต่อไปนี้')
    expect(show(summary, { errors: {} }).trim()).toBe('')
  })

  it('tell urgency in words, and nothing where there is no due date', () => {
    const badge = `<%~ part('due-badge', { urgency: it.urgency, text: it.text }) %>`
    expect(show(badge, { urgency: 'overdue', text: 'เกินกำหนด 2 วัน' })).toContain('เกินกำหนด 2 วัน')
    expect(show(badge, { urgency: 'none', text: '' }).trim()).toBe('')
  })
})

describe('the layouts', () => {
  const error = page<{ status: number; what: string; whatToDo: string }>('public/error', [
    'status',
    'what',
    'whatToDo',
  ])
  const data = { status: 404, what: 'error.404.what', whatToDo: 'error.404.todo' }

  it('name the language, the office and the way to the same page in the other language', () => {
    const thai = render(error, uiAt('/guide?a=1'), data)
    expect(thai).toContain('<html lang="th"')
    expect(thai).toContain('href="/en/guide?a=1" lang="en"')
    expect(thai).toContain(OFFICE.orgName)
    const english = render(error, uiAt('/en/guide?a=1'), data)
    expect(english).toContain('<html lang="en"')
    expect(english).toContain('href="/guide?a=1" lang="th"')
    expect(english).toContain('href="/en/complaints/new"')
  })

  it('of the staff offers only what the person may do', () => {
    const viewer = { displayName: 'สมหญิง', roleName: 'ผู้ดูแลระบบ', mayAdminister: true, unread: null }
    const closed = {
      mayOpenQueue: false,
      mayOversee: false,
      mayReadReports: false,
      mayIntake: false,
      opensConfidential: false,
    }
    const html = render(error, uiAt('/staff/x', { ...viewer, ...closed }), data)
    expect(html).toContain('href="/staff/admin"')
    expect(html).not.toContain('href="/staff/intake"')
    expect(html).not.toContain('href="/staff/sealed"')
    expect(html).toContain('<form method="post" action="/staff/sign-out">')
  })
})
