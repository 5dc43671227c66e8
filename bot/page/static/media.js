// Files in messages, and files to send: picked, drawn for want of one, or recorded.
import { html, useState } from './dom.js';
import { icon } from './icons.js';
import { t } from './words.js';

const address = (message) => `/files/${encodeURIComponent(message.file_id)}`;

export function Medium({ message, link, onScan }) {
  const [broken, setBroken] = useState(false);
  const src = address(message);
  switch (message.kind) {
    case 'photo':
    case 'sticker':
      return html`<div class="picture">
        ${broken
          ? html`<span class="nothing">${icon('camera')} ${t('photo')}</span>`
          : html`<img src=${src} alt=${link ? t('qr') : t('photo')} onError=${() => setBroken(true)} />`}
        ${link && html`<button type="button" class="scan" onClick=${onScan}>${icon('camera')} ${t('scan')}</button>`}
      </div>`;
    case 'voice':
    case 'audio':
      return html`<div class="voice"><span class="voice-mark">${icon('mic')}</span><audio controls preload="metadata" src=${src} aria-label=${t('voice')}></audio></div>`;
    case 'video':
    case 'animation':
    case 'video_note':
      return html`<video controls preload="metadata" src=${src} aria-label=${t('video')}></video>`;
    case 'document':
      return html`<a class="document" href=${src} download=${message.file_name ?? ''}>
        <span class="document-mark">${icon('file')}</span>
        <span><b>${message.file_name ?? t('document')}</b><small>${size(message.file?.file_size)}</small></span></a>`;
    default: return null;
  }
}

function size(bytes) {
  if (!bytes) return '';
  return bytes < 1048576 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 1048576).toFixed(1)} MB`;
}

export async function asMedium(file, kind) {
  const content = await base64(file);
  return { kind, content_b64: content, file_name: file.name, mime_type: file.type.split(';')[0], about: await measures(file, kind) };
}

function base64(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result.slice(reader.result.indexOf(',') + 1));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}

async function measures(file, kind) {
  if (kind !== 'photo') return {};
  try {
    const picture = await createImageBitmap(file);
    return { width: picture.width, height: picture.height };
  } catch { return {}; }
}

export const kindOf = (file) => {
  if (/^image\/(png|jpeg|webp)$/.test(file.type)) return 'photo';
  if (file.type.startsWith('audio/')) return 'voice';
  return file.type.startsWith('video/') ? 'video' : 'document';
};

// A picture for those who have none at hand: the clock over the counter, twenty to twelve.
export function samplePhoto() {
  const canvas = document.createElement('canvas');
  canvas.width = 900;
  canvas.height = 640;
  const draw = canvas.getContext('2d');
  const wall = draw.createLinearGradient(0, 0, 0, 640);
  wall.addColorStop(0, '#d8cbb8');
  wall.addColorStop(1, '#b9a78f');
  draw.fillStyle = wall;
  draw.fillRect(0, 0, 900, 640);
  draw.fillStyle = '#6d5a45';
  draw.fillRect(0, 560, 900, 80);
  disc(draw, 450, 286, 206, '#4b3f35');
  disc(draw, 450, 280, 196, '#fbf8f2');
  draw.lineCap = 'round';
  for (let hour = 0; hour < 12; hour += 1) hand(draw, (hour * Math.PI) / 6, 160, 178, hour % 3 ? 4 : 9, '#4b3f35');
  hand(draw, (11 + 40 / 60) * (Math.PI / 6), -18, 96, 13, '#2c2621');
  hand(draw, 40 * (Math.PI / 30), -24, 146, 8, '#2c2621');
  disc(draw, 450, 280, 12, '#b3422e');
  return new Promise((resolve) => {
    canvas.toBlob((blob) => resolve(new File([blob], 'clock.jpg', { type: 'image/jpeg' })), 'image/jpeg', 0.85);
  });
}

function disc(draw, x, y, radius, colour) {
  draw.fillStyle = colour;
  draw.beginPath();
  draw.arc(x, y, radius, 0, Math.PI * 2);
  draw.fill();
}

function hand(draw, angle, from, to, width, colour) {
  draw.strokeStyle = colour;
  draw.lineWidth = width;
  draw.beginPath();
  draw.moveTo(450 + Math.sin(angle) * from, 280 - Math.cos(angle) * from);
  draw.lineTo(450 + Math.sin(angle) * to, 280 - Math.cos(angle) * to);
  draw.stroke();
}

// Records until `stop` is called; what comes back is a file. Raises where there is no microphone.
export async function record() {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  const recorder = new MediaRecorder(stream);
  const parts = [];
  recorder.ondataavailable = (event) => parts.push(event.data);
  recorder.start();
  return {
    stop: () => new Promise((resolve) => {
      recorder.onstop = () => {
        stream.getTracks().forEach((track) => track.stop());
        resolve(new File(parts, 'voice.webm', { type: 'audio/webm' }));
      };
      recorder.stop();
    }),
  };
}
