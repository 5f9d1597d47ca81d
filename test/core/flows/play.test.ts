import { test } from 'vitest';
import * as interpreter from '../../../src/core/flows/play.js';
import { PLAY_CHECKS } from '../../support/play-checks.js';

test.each(PLAY_CHECKS.map(({ name, run }) => [name, run] as const))('%s', (_, run) => run(interpreter));
