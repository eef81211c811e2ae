/** Times of one kind of request, in milliseconds. */
export class Times {
  readonly #times: number[] = []

  add(time: number): void {
    this.#times.push(time)
  }

  async measure(work: () => void | Promise<void>): Promise<void> {
    const start = performance.now()
    await work()
    this.add(performance.now() - start)
  }

  /** The time that this share of the requests kept: 0.95 for p95. */
  percentile(share: number): number {
    const sorted = [...this.#times].sort((a, b) => a - b)
    return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
  }

  get total(): number {
    return this.#times.reduce((sum, time) => sum + time, 0)
  }

  get count(): number {
    return this.#times.length
  }
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}
