// Text with Telegram's entities as elements. Offsets are UTF-16, which is how this language counts too.
import { html, useLayoutEffect, useRef, useState } from './dom.js';
import { t } from './words.js';

const BLOCKS = ['blockquote', 'expandable_blockquote', 'pre'];

export function rich(text, entities, on) {
  const sorted = [...(entities ?? [])].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return pieces(text, sorted, 0, text.length, on);
}

function pieces(text, entities, from, to, on) {
  const made = [];
  let at = from;
  let n = 0;
  let before = '';
  while (n < entities.length) {
    const entity = entities[n];
    const end = entity.offset + entity.length;
    if (entity.offset < at || entity.offset >= to) { n += 1; continue; }
    const block = BLOCKS.includes(entity.type);
    if (entity.offset > at) made.push(trimmed(text.slice(at, entity.offset), BLOCKS.includes(before), block));
    before = entity.type;
    const inner = entities.slice(n + 1).filter((each) => each.offset < end && each.offset + each.length <= end);
    made.push(element(entity, text.slice(entity.offset, end), pieces(text, inner, entity.offset, end, on), on));
    at = end;
    n += 1;
    while (n < entities.length && entities[n].offset < end) n += 1;
  }
  if (at < to) made.push(trimmed(text.slice(at, to), BLOCKS.includes(before), false));
  return made;
}

// A quote stands on lines of its own: the line breaks beside it are its own, too.
const trimmed = (text, after, ahead) => text.replace(after ? /^\n/ : /^(?!)/, '').replace(ahead ? /\n$/ : /(?!)$/, '');

function element(entity, raw, inner, on) {
  switch (entity.type) {
    case 'bold': return html`<strong>${inner}</strong>`;
    case 'italic': return html`<em>${inner}</em>`;
    case 'underline': return html`<u>${inner}</u>`;
    case 'strikethrough': return html`<s>${inner}</s>`;
    case 'spoiler': return html`<${Spoiler}>${inner}<//>`;
    case 'code': return html`<button type="button" class="code" title=${t('copy')} aria-label=${t('copy.what', { what: raw })} onClick=${() => on.copy(raw)}>${raw}</button>`;
    case 'pre': return html`<pre><code>${raw}</code></pre>`;
    case 'blockquote': return html`<blockquote>${inner}</blockquote>`;
    case 'expandable_blockquote': return html`<${Quote}>${inner}<//>`;
    case 'text_link': return link(entity.url, inner, on);
    case 'url': return link(raw, inner, on);
    case 'email': return html`<a href=${`mailto:${raw}`}>${inner}</a>`;
    case 'bot_command': return html`<button type="button" class="aslink" onClick=${() => on.command(raw)}>${raw}</button>`;
    case 'mention': case 'hashtag': case 'phone_number': case 'text_mention': case 'cashtag':
      return html`<span class="found">${inner}</span>`;
    default: return inner;
  }
}

function link(address, inner, on) {
  const whole = /^[a-z]+:/i.test(address) ? address : `https://${address}`;
  const open = (event) => { event.preventDefault(); on.link(whole); };
  return html`<a href=${whole} rel="noopener noreferrer" onClick=${open}>${inner}</a>`;
}

function Spoiler({ children }) {
  const [open, setOpen] = useState(false);
  if (open) return html`<span class="spoiler open">${children}</span>`;
  return html`<button type="button" class="spoiler" aria-label=${t('spoiler')} onClick=${() => setOpen(true)}><span aria-hidden="true">${children}</span></button>`;
}

function Quote({ children }) {
  const [open, setOpen] = useState(false);
  const [long, setLong] = useState(false);
  const quoted = useRef(null);
  useLayoutEffect(() => { if (!open) setLong(quoted.current.scrollHeight > quoted.current.clientHeight + 2); });
  return html`<blockquote class=${`expandable ${open ? 'open' : ''}`}>
    <div class="quoted" ref=${quoted}>${children}</div>
    ${(long || open) && html`<button type="button" class="aslink more" aria-expanded=${open} onClick=${() => setOpen(!open)}>${t(open ? 'quote.less' : 'quote.more')}</button>`}
  </blockquote>`;
}
