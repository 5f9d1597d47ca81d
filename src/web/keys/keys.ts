import { useLayoutEffect, useRef } from 'react';

/** Keys and what they do; two keys one after the other are written with a space: `g e`; together: `Ctrl+Enter`. */
export type KeyMap = Readonly<Record<string, (event: KeyboardEvent) => void>>;

/** Who hears a key first: a dialog before a choice that is not confirmed before the panel before the desk. */
const LEVELS = { desk: 0, panel: 1, choice: 2, dialog: 3 } as const;
type Level = keyof typeof LEVELS;

interface Layer {
  readonly level: Level;
  readonly keys: () => KeyMap;
  /** Nothing below hears any key. */
  readonly blocks: boolean;
}

const SEQUENCE_MS = 1200;
/** Types nothing into any field. */
const FUNCTION_KEY = /^F\d+$/;
const layers: Layer[] = [];
let prefix = '';
let prefixAt = 0;

const NOT_TYPED_INTO = ':not([type=radio], [type=checkbox], [type=button], [type=file])';

/** Whether a key goes into a field: then it is text, not a command. */
export const isTypedInto = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target.matches(`textarea, select, input${NOT_TYPED_INTO}, [role=combobox], [role=option]`));

/** A key as maps name it: full-width marks of Chinese input methods count as the plain ones. */
function nameOf(event: KeyboardEvent): string {
  const plain: Readonly<Record<string, string>> = { '？': '?', '、': '/', '／': '/' };
  const key = plain[event.key] ?? event.key;
  return key.length === 1 ? key.toLowerCase() : key;
}

function onKeyDown(event: KeyboardEvent): void {
  // While an input method composes, every key belongs to it; 229 is what some of them send before they begin.
  if (event.isComposing || event.keyCode === 229 || event.defaultPrevented) return;
  if (event.altKey) return;
  const isChord = event.ctrlKey || event.metaKey;
  const name = isChord ? `Ctrl+${nameOf(event)}` : nameOf(event);
  if (isTypedInto(event.target) && !isChord && name !== 'Escape' && !FUNCTION_KEY.test(name)) return;
  const sequence = prefix !== '' && event.timeStamp - prefixAt < SEQUENCE_MS ? `${prefix} ${name}` : undefined;
  prefix = '';
  const maps = mapsHeard();
  const action = (sequence !== undefined ? actionIn(maps, sequence) : undefined) ?? actionIn(maps, name);
  if (action !== undefined) {
    event.preventDefault();
    action(event);
  } else if (maps.some((map) => Object.keys(map).some((key) => key.startsWith(`${name} `)))) {
    prefix = name;
    prefixAt = event.timeStamp;
  }
}

/** The maps that hear a key now, those that hear it first in front. */
function mapsHeard(): KeyMap[] {
  const sorted = [...layers].sort((a, b) => LEVELS[b.level] - LEVELS[a.level]);
  const blocking = sorted.findIndex(({ blocks }) => blocks);
  return (blocking < 0 ? sorted : sorted.slice(0, blocking + 1)).map(({ keys }) => keys());
}

const actionIn = (maps: readonly KeyMap[], name: string): KeyMap[string] | undefined =>
  maps.find((map) => map[name] !== undefined)?.[name];

/** Listens for keys while mounted; keys of fields and of input methods are left alone. */
export function useKeys(
  level: Level,
  keys: KeyMap,
  { blocks = false, active = true }: { readonly blocks?: boolean; readonly active?: boolean } = {},
): void {
  const latest = useRef(keys);
  useLayoutEffect(() => {
    latest.current = keys;
  });
  useLayoutEffect(() => {
    if (!active) return;
    const layer: Layer = { level, keys: () => latest.current, blocks };
    if (layers.length === 0) window.addEventListener('keydown', onKeyDown);
    layers.unshift(layer);
    return () => {
      layers.splice(layers.indexOf(layer), 1);
      if (layers.length === 0) window.removeEventListener('keydown', onKeyDown);
    };
  }, [level, blocks, active]);
}
