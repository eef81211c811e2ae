import type { FastifyInstance } from 'fastify'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { message } from '#complaints/write-to-citizen.ts'
import { officerDoes } from '../complaints/officer.ts'
import { type FakeRegister, fakeRegister, openStaffSide } from '../complaints-staff/confidential-office.ts'
import { launchBrowser, newPage } from '../support/browser.ts'
import { faultless, type Look, watch } from './look.ts'
import { press, signIn, wordsOf } from './people.ts'
import { caseIn } from './staff-forms.ts'
import { type Stage, setStage } from './stage.ts'

let browser: Browser
let stage: Stage
let register: FakeRegister
let staffSide: FastifyInstance
let desk: Page
let look: Look

beforeAll(async () => {
  browser = await launchBrowser()
  stage = await setStage()
  register = fakeRegister()
  staffSide = await openStaffSide(stage.site.portal, register)
  const baseURL = staffSide.listeningOrigin
  desk = await newPage(browser, { width: 1280, javaScript: true, baseURL })
  look = watch(desk, baseURL)
  await signIn(desk, 'nid')
})
afterAll(async () => {
  await browser.close()
  await staffSide.close()
  await stage.site.close()
})

const open = (state: 'in_progress' | 'submitted') => desk.goto(`${caseIn(state)(stage)}/move-confidential`)
const button = () => desk.getByRole('button', { name: 'ย้ายและลบออกจากระบบทั่วไป' })

it('is found on the page of the case, and read before anything is done', async () => {
  await desk.goto(caseIn('in_progress')(stage))
  await press(desk.getByRole('link', { name: 'ย้ายไปทะเบียนเรื่องร้องเรียนการทุจริต (ลับ)' }))
  expect(await wordsOf(desk)).toContain('ผู้มีส่วนได้เสียห้ามย้ายเรื่องนี้เอง')
  expect(await look()).toEqual(faultless(200, 'th'))
})

it('is not done by a form that was sent empty', async () => {
  await open('in_progress')
  await press(button())
  expect(await look()).toEqual(faultless(422, 'th'))
})

it('is not done to a case that changed in the meantime', async () => {
  await open('in_progress')
  officerDoes(stage.site, stage.slips.in_progress, message, { text: 'ได้รับภาพแล้ว' })
  await press(button())
  expect(await look()).toEqual(faultless(409, 'th'))
})

it('is not possible while the register is closed', async () => {
  register.open = false
  await open('in_progress')
  expect(await look()).toEqual(faultless(503, 'th'))
  register.open = true
})

it('is not done where the register does not take the case', async () => {
  register.onReceive = async () => {
    throw new Error('nobody impartial is left')
  }
  await open('in_progress')
  await fillIn()
  expect(await look()).toEqual(faultless(503, 'th'))
  register.onReceive = async () => undefined
})

it('leads back to the queue, which says so; the number leads to a tombstone', async () => {
  await open('in_progress')
  await fillIn()
  expect(await look()).toEqual(faultless(200, 'th'))
  expect(await wordsOf(desk)).toContain('ย้ายเรื่องไปทะเบียนเรื่องร้องเรียนการทุจริต (ลับ) แล้ว')
  await desk.locator('[name=q]').fill(stage.slips.in_progress.number)
  await press(desk.getByRole('button', { name: 'ค้นหา' }))
  expect(await wordsOf(desk)).toContain('เรื่องนี้ย้ายไปทะเบียนเรื่องร้องเรียนการทุจริต (ลับ) แล้ว')
  expect(await look()).toEqual(faultless(200, 'th'))
})

async function fillIn(): Promise<void> {
  await desk.getByLabel('ผู้บังคับบัญชาของเจ้าหน้าที่ผู้รับเรื่อง').check()
  await desk.locator('[name=number]').fill(stage.slips.in_progress.number)
  await desk.getByLabel('ข้าพเจ้าไม่มีส่วนได้เสียกับเรื่องนี้').check()
  await press(button())
}
