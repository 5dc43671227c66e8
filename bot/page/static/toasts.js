// Short words that come and go: answers to taps, what was copied, what could not be done.
import { html, classes } from './dom.js';
import { store } from './store.js';

export function Toasts() {
  return html`<div class="toasts" role="status" aria-live="polite">${store.ui.toasts.map((each) => html`
    <div class=${classes('toast', each.bad && 'bad')} key=${each.n}>${each.text}</div>`)}</div>`;
}
