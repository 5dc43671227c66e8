// Moments as the branch reads them. The clock runs with the machine's, ahead by what was pushed.
import { store } from './store.js';

const zone = () => store.scene.branches[0]?.zone ?? 'UTC';
const made = new Map();

function format(options) {
  const key = JSON.stringify([store.ui.lang, zone(), options]);
  if (!made.has(key)) {
    const locale = store.ui.lang === 'ru' ? 'ru-RU' : 'en-GB';
    made.set(key, new Intl.DateTimeFormat(locale, { timeZone: zone(), ...options }));
  }
  return made.get(key);
}

export const nowMs = () => Date.now() + store.clock.pushed_ms;
export const clockTime = (ms) => format({ hour: '2-digit', minute: '2-digit' }).format(ms);
export const exactTime = (ms) => format({ hour: '2-digit', minute: '2-digit', second: '2-digit' }).format(ms);
export const dayName = (ms) => format({ weekday: 'short', day: 'numeric', month: 'short' }).format(ms);
export const longDay = (ms) => format({ weekday: 'long', day: 'numeric', month: 'long' }).format(ms);
export const dayKey = (ms) => format({ year: 'numeric', month: '2-digit', day: '2-digit' }).format(ms);

// «через 12 мин»: how far away a moment is.
export function distance(ms) {
  const seconds = Math.max(0, Math.round((ms - nowMs()) / 1000));
  const unit = (n, name) => new Intl.NumberFormat(store.ui.lang, { style: 'unit', unit: name, unitDisplay: 'short' }).format(n);
  if (seconds < 90) return unit(seconds, 'second');
  if (seconds < 5400) return unit(Math.round(seconds / 60), 'minute');
  if (seconds < 129600) return unit(Math.round(seconds / 3600), 'hour');
  return unit(Math.round(seconds / 86400), 'day');
}

export const isQuiet = (ms) => {
  const [from, to] = store.scene.quiet;
  if (!from || from === to) return false;
  const at = format({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(ms);
  return from < to ? at >= from && at < to : at >= from || at < to;
};
