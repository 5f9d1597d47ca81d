import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HELD } from '../../support/constraint-rows.js';
import { constraintsOf, tried } from '../../support/constraints.js';
import { ENGINES, type OpenedEngine } from '../../support/engines.js';

describe.each(ENGINES)('the tables of flows and releases, on $name', (engine) => {
  describe.skipIf(engine.missing)('', () => {
    let opened: OpenedEngine;
    beforeAll(async () => {
      opened = await engine.open();
    });
    afterAll(() => opened?.close());

    test('have each of these constraints and no other', async () => {
      const found: Record<string, string[]> = {};
      for (const { table, name } of await constraintsOf(opened.db)) found[table] = [...(found[table] ?? []), name];
      expect(found).toEqual(HELD);
    });

    test('refuse what each constraint is there to refuse, which nothing else would', async () => {
      const found: Record<string, unknown> = {};
      for (const constraint of await constraintsOf(opened.db))
        found[`${constraint.table} ${constraint.name}`] = await tried(opened.db, constraint);
      const names = Object.entries(HELD).flatMap(([table, list]) => list.map((name) => `${table} ${name}`));
      expect(found).toEqual(Object.fromEntries(names.map((name) => [name, { with: 'refused', without: 'accepted' }])));
    });
  });
});
