// Short words that come and go, where they happened: answers to taps, what was copied, what could not be done.
import { html, classes } from './dom.js';
import { isStaff, store } from './store.js';

const sideOf = ({ chat }) => {
  if (!chat) return 'page';
  return chat < 0 || isStaff(chat) ? 'staff' : 'guest';
};

export function Toasts({ side }) {
  const mine = store.ui.toasts.filter((each) => sideOf(each) === side);
  return html`<div class=${`toasts on-${side}`} role="status" aria-live="polite">${mine.map((each) => html`
    <div class=${classes('toast', each.bad && 'bad')} key=${each.n}>${each.text}</div>`)}</div>`;
}
