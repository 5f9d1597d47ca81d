import { test } from 'vitest';
import { lawbook } from '../../support/court.js';
import { FLOW_CHECKS } from '../../support/flow-checks.js';

test.each(FLOW_CHECKS.map(({ name, run }) => [name, run] as const))('%s', (_, run) => run(lawbook.flows));
