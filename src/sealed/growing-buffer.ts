const FIRST_BYTES = 64 * 1024

/** Bytes in one piece. A list of the pieces as they come could take a hundred times their size, one by one. */
export class GrowingBuffer {
  #bytes = Buffer.allocUnsafeSlow(FIRST_BYTES)
  #length = 0

  add(chunk: Buffer): void {
    const length = this.#length + chunk.length
    if (length > this.#bytes.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(length, 2 * this.#bytes.length))
      this.#bytes.copy(larger, 0, 0, this.#length)
      this.#bytes = larger
    }
    chunk.copy(this.#bytes, this.#length)
    this.#length = length
  }

  content(): Buffer {
    return Buffer.from(this.#bytes.subarray(0, this.#length))
  }
}
