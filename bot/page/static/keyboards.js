// Buttons under messages and under the input field, and what a tap brings back.
import { html, useState, classes } from './dom.js';
import { icon } from './icons.js';
import { copy, openLink } from './links.js';
import { act, tapAnswer } from './server.js';
import { change, store, toast, touch } from './store.js';
import { t } from './words.js';

export function InlineKeyboard({ message, chat, viewer }) {
  if (!message.buttons.length) return null;
  return html`<div class="keyboard" role="group" aria-label=${t('buttons')}>
    ${message.buttons.map((row) => html`<div class="row">
      ${row.map((button) => html`<${Inline} button=${button} message=${message} chat=${chat} viewer=${viewer} key=${button.data ?? button.text} />`)}
    </div>`)}
  </div>`;
}

function Inline({ button, message, chat, viewer }) {
  const [waits, setWaits] = useState(false);
  const press = async () => {
    if (button.url) { openLink(button.url, viewer); return; }
    if (button.copy_text) { copy(button.copy_text); return; }
    setWaits(true);
    try { await tap(viewer, chat, message, button); } finally { setWaits(false); }
  };
  const mark = button.url ? icon('out') : button.copy_text ? icon('copy') : null;
  return html`<button type="button" class=${classes('key', button.style, waits && 'waits')} aria-busy=${waits}
    data-tap=${button.data ?? ''} onClick=${press}>${button.text}${mark}</button>`;
}

// Tap, wait for the answer, show it as Telegram does: a toast, an alert, or a link that opens.
export async function tap(viewer, chat, message, button) {
  const where = chat === viewer ? {} : { chat };
  try {
    const told = await act(viewer, 'tap', { message_id: message.id, data: button.data, ...where });
    if (!told.tap) return;
    const answer = await tapAnswer(told.tap);
    if (answer.url) openLink(answer.url, viewer);
    if (answer.text && answer.alert) change({ dialog: { kind: 'alert', text: answer.text } });
    else if (answer.text) toast(answer.text, { chat });
    else if (!answer.answered) toast(t('tap.unanswered'), { chat, bad: true });
  } catch (problem) {
    toast(problem.message, { chat, bad: true });
  }
}

export function ReplyKeyboard({ chat, viewer }) {
  const rows = chat.reply_markup?.keyboard;
  if (!rows) return null;
  const where = chat.id === viewer ? {} : { chat: chat.id };
  const press = async (button) => {
    try { await act(viewer, 'press', { label: button.text, ...where }); } catch (problem) {
      store.ui.errors = { ...store.ui.errors, [chat.id]: problem.message };
      touch();
    }
  };
  return html`<div class="keyboard reply" role="group" aria-label=${t('reply_keyboard')}>
    ${rows.map((row) => html`<div class="row">${row.map((button) => html`
      <button type="button" class=${classes('key', button.style)} onClick=${() => press(button)}>
        ${button.request_contact ? icon('phone') : null}${button.text}</button>`)}</div>`)}
  </div>`;
}
