import type { Page } from 'playwright-core'
import { caseSlug, parseCaseReference } from '#domain/reference.ts'
import { press } from './people.ts'
import type { Stage, State } from './stage.ts'

/** Sends the form whose address ends like this, or the first one of the page. */
export const send = (action?: string) => (page: Page) => {
  const form = action ? `form[method=post][action$="${action}"]` : 'form[method=post]'
  return press(page.getByRole('main').locator(`${form} button[type=submit]`).first())
}

/** Types into the fields that are named, then sends. */
export const typeAndSend = (fields: Record<string, string>, action?: string) => async (page: Page) => {
  for (const [name, text] of Object.entries(fields)) {
    const field = page.locator(`[name=${name}]`).first()
    if ((await field.getAttribute('type')) === 'radio') {
      await page.locator(`[name=${name}][value=${text}]`).check()
    } else if (await field.evaluate<boolean, { tagName: string }>(({ tagName }) => tagName === 'SELECT')) {
      await field.selectOption(text)
    } else await field.fill(text)
  }
  await send(action)(page)
}

const slugOf = ({ slips }: Stage, state: State): string => {
  const reference = parseCaseReference(slips[state].number)
  if (!reference) throw new Error(`not a number: ${slips[state].number}`)
  return caseSlug(reference.fy, reference.seq)
}
export const caseIn = (state: State) => (stage: Stage) => `/staff/cases/${slugOf(stage, state)}`
export const actionIn = (state: State, action: string) => (stage: Stage) =>
  `${caseIn(state)(stage)}/${action}`
