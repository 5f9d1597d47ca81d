import { messageOf, Refusal } from '../api/problem.js';
import { Alert } from '../parts/alert.js';

/** Why an act on rules was refused, and of what each part of it. */
export function RuleFault({ error }: { readonly error: Error | null }) {
  if (error === null) return null;
  const places = error instanceof Refusal ? error.errors : [];
  return (
    <Alert tone="wrong" title="没有办成" urgent>
      <p>{messageOf(error)}</p>
      {places.length > 0 && (
        <ul>
          {places.map(({ path, message }) => (
            <li key={`${path} ${message}`}>
              {path}：{message}
            </li>
          ))}
        </ul>
      )}
    </Alert>
  );
}
