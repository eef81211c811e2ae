import { recordMeasure } from '#analysis/record-measure.ts'
import { addDays, instantOf } from '#domain/civil-date.ts'
import { viewerFor } from '../complaints-staff/desk.ts'
import { fileCase } from '../statistics/office.ts'
import { send, typeAndSend } from './staff-forms.ts'
import type { Stage } from './stage.ts'
import type { Visit } from './visits.ts'

const told = new WeakMap<Stage, number>()

/** Two years in which the same came back in the rainy season, and a measure against it. Its id. */
function withProblems(stage: Stage): number {
  const { portal } = stage.site
  const known = told.get(stage)
  if (known !== undefined) return known
  const codes = portal.settings
    .categories()
    .filter(({ kind }) => kind === 'complaint')
    .map(({ code }) => code)
  for (let n = 0; n < 120; n += 1) {
    const on = addDays('2025-05-01', (n * n * 17 + n * 29) % 560)
    const villageId = n % 11 === 0 ? null : (n % 4) + 1
    // Half of them are about the few things that everybody complains of.
    const categoryCode = codes[n % 2 === 0 ? (n % 3) + 1 : (n * 7) % codes.length] ?? 'A2'
    fileCase(portal, { categoryCode, villageId, receivedAt: instantOf(on, 9, 0) })
  }
  const fields = {
    ...{ categoryCode: 'A2', villageId: null, owner: 'กองช่าง', startsOn: '2026-07-01', dueOn: '2026-10-31' },
    problem: 'ไฟทางดับทุกฤดูฝน เพราะน้ำเข้ากล่องต่อสาย',
    measure: 'เปลี่ยนกล่องต่อสายเป็นแบบกันน้ำทุกต้น และตรวจก่อนเข้าฤดูฝน',
    ...{ doneOn: null, abandonedOn: null, result: null },
  }
  const id = recordMeasure(portal, viewerFor(stage.site, 'wit'), fields)
  told.set(stage, id)
  return id
}

const at =
  (path: string) =>
  (stage: Stage): string =>
    path.replace(':id', String(withProblems(stage)))

const LIST = '/staff/measures'
const NEW = `${LIST}/new`
const ONE = `${LIST}/:id`
const EDIT = `${ONE}/edit`
const YEARS = '/staff/analysis?from=2025-05&to=2026-11'

/** Changes the measure behind the back of whoever has the form open. */
const overtaken: Visit['act'] = async (page, stage) => {
  const { db } = stage.site.portal
  db.sqlite.prepare("update preventive_measures set rev = rev + 1, owner = 'สำนักปลัด'").run()
  await typeAndSend({ owner: 'กองสาธารณสุขและสิ่งแวดล้อม' }, '/edit')(page)
}

export const ANALYSIS_VISITS: Visit[] = [
  { name: 'the analysis', route: '/staff/analysis', path: at(YEARS), as: 'wit' },
  { name: 'the analysis of a unit', route: '/staff/analysis', path: at(YEARS), as: 'chai' },
  {
    name: 'the analysis of one problem',
    route: '/staff/analysis',
    path: at(`${YEARS}&category=A2&village=1`),
    as: 'malee',
  },
  {
    name: 'the analysis of nonsense',
    route: '/staff/analysis',
    path: '/staff/analysis?from=2027-01&to=2026-01',
    as: 'wit',
    status: 422,
  },
  { name: 'the measures', route: LIST, path: at(`${LIST}?state=overdue`), as: 'malee' },
  { name: 'no measures', route: LIST, path: at(`${LIST}?state=abandoned`), as: 'malee' },
  { name: 'a measure', route: ONE, path: at(ONE), as: 'malee' },
  { name: 'a new measure', route: NEW, path: at(`${NEW}?category=A2&village=1`), as: 'malee' },
  { name: 'a new measure, sent empty', route: NEW, act: send('/measures'), as: 'malee', status: 422 },
  { name: 'changing a measure', route: EDIT, path: at(EDIT), as: 'malee' },
  {
    name: 'changing a measure that was changed',
    route: EDIT,
    path: at(EDIT),
    act: overtaken,
    as: 'malee',
    status: 409,
  },
]
