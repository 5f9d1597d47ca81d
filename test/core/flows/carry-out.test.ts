import { test } from 'vitest';
import * as carryOut from '../../../src/core/flows/carry-out.js';
import { CARRY_OUT_CHECKS } from '../../support/carry-out-checks.js';

test.each(CARRY_OUT_CHECKS.map(({ name, run }) => [name, run] as const))('%s', (_, run) => run(carryOut));
