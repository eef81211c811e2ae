import { randomInt } from 'node:crypto'
import { RECEIPT_DIGITS, withCheckDigit } from '#domain/receipt-code.ts'

/** A fresh receipt: 24 digits of the system's secure randomness and their check digit. */
export function newReceipt(): string {
  return withCheckDigit(Array.from({ length: RECEIPT_DIGITS }, () => randomInt(10)).join(''))
}
