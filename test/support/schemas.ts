import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { readJson } from './route.js';

const ajv = new Ajv2020({ allErrors: true, strictTypes: false });
addFormats.default(ajv);

const validatorOf = (name: string) => {
  const validate = ajv.compile(readJson(new URL(`../contract/${name}.schema.json`, import.meta.url)) as object);
  return (value: unknown): string[] => {
    if (validate(value)) return [];
    return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
  };
};

/** What is wrong with a document by the contract's schema; nothing where it is right. */
export const schemaErrors = {
  decision: validatorOf('decision'),
  docket: validatorOf('docket'),
  filing: validatorOf('filing'),
};
