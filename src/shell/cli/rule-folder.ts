import type { RuleFile } from '../../core/rules/source.js';
import { RuleFilesError, readRuleFiles } from '../files/rule-files.js';
import { CliFailure } from './failure.js';

/** Reads a rules folder. @throws CliFailure where it cannot be read */
export function readRuleFolder(folder: string): RuleFile[] {
  try {
    return readRuleFiles(folder);
  } catch (error) {
    if (error instanceof RuleFilesError) throw new CliFailure(error.message);
    throw error;
  }
}
