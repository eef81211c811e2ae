import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Database, openDatabase } from '#platform/database.ts'
import { inSharedTransaction } from '#platform/shared-transaction.ts'

let folder: string
let db: Database
let commits = 0
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'siang-test-'))
  db = openDatabase(join(folder, 'portal.sqlite'), 'portal')
  db.sqlite.exec('create table notes (text text not null unique)')
  const { inTransaction } = db
  db.inTransaction = (work) => {
    const result = inTransaction(work)
    commits += 1
    return result
  }
})
afterAll(() => {
  db.close()
  rmSync(folder, { recursive: true })
})
beforeEach(() => {
  db.sqlite.exec('delete from notes')
  commits = 0
})

const write = (text: string) => db.sqlite.prepare('insert into notes values (?)').run(text).changes
const written = () => db.sqlite.prepare('select text from notes order by text').pluck().all()

describe('a shared transaction', () => {
  it('holds what came at the same turn, and each is told its own result', async () => {
    const works = ['a', 'b', 'c'].map((text) => inSharedTransaction(db, () => `${text}${write(text)}`))
    expect(written()).toEqual([])
    expect(await Promise.all(works)).toEqual(['a1', 'b1', 'c1'])
    expect([commits, written()]).toEqual([1, ['a', 'b', 'c']])
  })

  it('lets nobody pay for the fault of another', async () => {
    const works = ['a', 'b', 'a', 'c'].map((text) => inSharedTransaction(db, () => write(text)))
    const ends = await Promise.allSettled(works)
    expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled'])
    expect(written()).toEqual(['a', 'b', 'c'])
  })

  it('undoes all of a work that throws half-way', async () => {
    const half = inSharedTransaction(db, (): number => {
      write('half')
      throw new Error('half-way')
    })
    const whole = inSharedTransaction(db, () => write('whole'))
    await expect(half).rejects.toThrow('half-way')
    await whole
    expect(written()).toEqual(['whole'])
  })

  it('is short: many share several', async () => {
    await Promise.all(Array.from({ length: 50 }, (_, n) => inSharedTransaction(db, () => write(`n${n}`))))
    expect([commits, written().length]).toEqual([3, 50])
  })
})

describe('what is left for the end of a transaction', () => {
  it('is done before the commit, in order', () => {
    db.inTransaction(() => {
      db.beforeCommit(() => write('last'))
      db.inTransaction(() => db.beforeCommit(() => write(`after ${written().length}`)))
      write('first')
    })
    expect(written()).toEqual(['after 2', 'first', 'last'])
  })

  it('is not done where the transaction is undone, nor in the next', () => {
    const fails = () =>
      db.inTransaction(() => {
        db.beforeCommit(() => write('never'))
        throw new Error('undone')
      })
    expect(fails).toThrow('undone')
    db.inTransaction(() => write('next'))
    expect(written()).toEqual(['next'])
  })

  it('undoes everything where it fails itself', () => {
    const fails = () =>
      db.inTransaction(() => {
        write('a')
        db.beforeCommit(() => write('a'))
      })
    expect(fails).toThrow('UNIQUE')
    expect(written()).toEqual([])
  })
})
