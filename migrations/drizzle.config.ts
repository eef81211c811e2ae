import { defineConfig } from 'drizzle-kit'

export default defineConfig({
  dialect: 'sqlite',
  casing: 'snake_case',
  schema: [
    './src/settings/tables.ts',
    './src/accounts/tables.ts',
    './src/web/throttle-table.ts',
    './src/audit/tables.ts',
    './src/mail/tables.ts',
    './src/complaints/tables.ts',
    './src/clock/tables.ts',
    './src/letters/tables.ts',
    './src/statistics/tables.ts',
    './src/indicators/tables.ts',
    './src/ita/tables.ts',
    './src/analysis/tables.ts',
    './src/reports/tables.ts',
  ],
  out: './migrations/portal',
})
