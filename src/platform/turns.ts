/** Lets `limit` pieces of work run at once; the others wait in order. */
export function turns(limit: number) {
  let running = 0
  const waiting: (() => void)[] = []
  return async function takeTurn<T>(work: () => Promise<T>): Promise<T> {
    if (running < limit) running += 1
    else await new Promise<void>((resolve) => waiting.push(resolve))
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else running -= 1
    }
  }
}
