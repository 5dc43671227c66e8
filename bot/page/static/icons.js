// Small pictures drawn by hand, all on a grid of 24. Their names are for the eye: words stand beside or in labels.
import { html } from './dom.js';

const PATHS = {
  clip: 'M8 12.5l6.3-6.3a3 3 0 0 1 4.3 4.3l-7.8 7.8a5 5 0 0 1-7.1-7.1l7.3-7.2',
  send: 'M4 12l16-8-5 16-3.5-6.5z M11.5 13.5L20 4',
  mic: 'M12 3.5a2.8 2.8 0 0 1 2.8 2.8v5a2.8 2.8 0 0 1-5.6 0v-5A2.8 2.8 0 0 1 12 3.5z M6 11.5a6 6 0 0 0 12 0 M12 17.5v3',
  stop: 'M7 7h10v10H7z',
  reply: 'M10 6l-6 5.5L10 17v-3.5c5 0 8 1.5 10 4.5-.5-6-4-9-10-9z',
  smile: 'M12 3.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17z M8.5 14c1 1.6 2.2 2.3 3.5 2.3s2.5-.7 3.5-2.3 M9 9.8v.4 M15 9.8v.4',
  edit: 'M4.5 19.5l1-4.5L16 4.5l3.5 3.5L9 18.5z',
  bin: 'M5 7h14 M10 7V4.5h4V7 M6.5 7l1 12.5h9l1-12.5',
  out: 'M9 5.5H5.5v13h13V15 M13 5h6v6 M19 5l-8.5 8.5',
  copy: 'M9 9h10v10H9z M5.5 15V5.5H15',
  plus: 'M12 5v14 M5 12h14',
  close: 'M6 6l12 12 M18 6L6 18',
  play: 'M7.5 5l11 7-11 7z',
  next: 'M5 6l7 6-7 6z M13 6l7 6-7 6z',
  sun: 'M12 8a4 4 0 1 1 0 8 4 4 0 0 1 0-8z M12 2.5v2 M12 19.5v2 M2.5 12h2 M19.5 12h2 M5.3 5.3l1.4 1.4 M17.3 17.3l1.4 1.4 M18.7 5.3l-1.4 1.4 M6.7 17.3l-1.4 1.4',
  moon: 'M19.5 14.5A8 8 0 0 1 9.5 4.5a8 8 0 1 0 10 10z',
  lamp: 'M9 18h6 M10 21h4 M8.5 15c-1.7-1.2-2.5-2.9-2.5-5a6 6 0 0 1 12 0c0 2.1-.8 3.8-2.5 5z',
  up: 'M6 15l6-6 6 6',
  down: 'M6 9l6 6 6-6',
  file: 'M6 3.5h8l4 4v13H6z M14 3.5v4h4',
  camera: 'M4 8h4l1.5-2.5h5L16 8h4v11H4z M12 10.2a3.3 3.3 0 1 1 0 6.6 3.3 3.3 0 0 1 0-6.6z',
  phone: 'M7.5 3.5h9v17h-9z M11 18h2',
  group: 'M8.5 6a3 3 0 1 1 0 6 3 3 0 0 1 0-6z M3 19c.3-3.3 2.3-5 5.5-5s5.2 1.7 5.5 5 M16 7a2.5 2.5 0 1 1 0 5 M16.5 14.3c2.6.2 4.2 1.8 4.5 4.7',
  slash: 'M4.5 4.5h15v15h-15z M14 8l-4 8',
  person: 'M12 4.5a3.7 3.7 0 1 1 0 7.4 3.7 3.7 0 0 1 0-7.4z M5 20c.4-3.9 2.9-6 7-6s6.6 2.1 7 6',
  power: 'M12 3.5v8 M7 6.5a7.5 7.5 0 1 0 10 0',
  tick: 'M4.5 12.5l4.5 4.5 10.5-10.5',
  pin: 'M9 4h6l-.7 6 3.2 3.5h-11L9.7 10z M12 13.5V20',
};

export const icon = (name) => html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d=${PATHS[name]} /></svg>`;

const HUES = [168, 262, 24, 200, 336, 48, 128, 300];

// A circle with the first letter: the colour belongs to the person for good.
export function avatar(id, name, kind = '') {
  const hue = HUES[Math.abs(Number(id)) % HUES.length];
  const letter = kind === 'group' ? icon('group') : (name || '?').trim().charAt(0).toUpperCase();
  return html`<span class="avatar hue-${hue} ${kind}" aria-hidden="true">${letter}</span>`;
}
