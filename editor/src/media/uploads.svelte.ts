// Files that are being uploaded, one after the other: how far they are, what became of them. One that fails stays, to be tried again.
import {Problem} from '../api/problem';
import {type Media, sendFile} from '../api/upload';
import {fileBytesMax} from './files';

export type Stage = 'waiting' | 'sending' | 'done' | 'failed' | 'refused'; // refused: it is no use to try again

export interface Upload {
  id: number;
  file: File;
  picture: string; // an address in this browser, while it is shown; "" for what is no picture
  stage: Stage;
  share: number;
  error: unknown;
  media: Media | null;
  isDuplicate: boolean;
  alt: string;
  isDecorative: boolean;
}

interface Rules {
  change?: string | undefined;
  folder?: string | undefined;
}

const useless = [413, 415, 422, 400, 403];

export class Uploads {
  list = $state<Upload[]>([]);
  #number = 0;
  #isBusy = false;
  #stops = new Map<number, AbortController>();

  constructor(
    readonly rules: () => Rules = () => ({}),
    readonly ondone: (upload: Upload) => void = () => {},
  ) {}

  get isIdle(): boolean {
    return this.list.every(({stage}) => stage !== 'waiting' && stage !== 'sending');
  }

  get done(): Upload[] {
    return this.list.filter(({stage}) => stage === 'done');
  }

  add(files: Iterable<File>) {
    for (const file of files) {
      const isShown = file.type.startsWith('image/');
      const isTooLarge = file.size > fileBytesMax();
      this.list.push({
        id: ++this.#number, file, picture: isShown ? URL.createObjectURL(file) : '', stage: isTooLarge ? 'refused' : 'waiting', share: 0,
        error: isTooLarge ? 'too large' : null, media: null, isDuplicate: false, alt: '', isDecorative: false,
      });
    }
    void this.#run();
  }

  again(id: number) {
    const upload = this.list.find((one) => one.id === id);
    if (!upload) return;
    Object.assign(upload, {stage: 'waiting', error: null, share: 0});
    void this.#run();
  }

  remove(id: number) {
    this.#stops.get(id)?.abort();
    const upload = this.list.find((one) => one.id === id);
    if (upload?.picture) URL.revokeObjectURL(upload.picture);
    this.list = this.list.filter((one) => one.id !== id);
  }

  clear() {
    for (const {id} of this.list) this.remove(id);
  }

  async #run() {
    if (this.#isBusy) return;
    this.#isBusy = true;
    for (let next = this.#next(); next; next = this.#next()) await this.#send(next);
    this.#isBusy = false;
  }

  #next = (): Upload | undefined => this.list.find(({stage}) => stage === 'waiting');

  async #send(upload: Upload) {
    const stop = new AbortController(), {change, folder} = this.rules();
    this.#stops.set(upload.id, stop);
    upload.stage = 'sending';
    const asked = new URLSearchParams({name: upload.file.name});
    if (change) asked.set('change', change);
    if (folder) asked.set('folder', folder);
    try {
      const {items} = await sendFile({
        method: 'POST', path: `/media?${asked}`, file: upload.file, signal: stop.signal, onprogress: (share) => (upload.share = share),
      });
      const media = items[0] ?? null;
      Object.assign(upload, {stage: 'done', media, isDuplicate: media?.is_duplicate ?? false, alt: upload.alt || (media?.about?.alt ?? '')});
      this.ondone(upload);
    } catch (error) {
      const isUseless = error instanceof Problem && useless.includes(error.status);
      Object.assign(upload, {stage: isUseless ? 'refused' : 'failed', error});
    }
    this.#stops.delete(upload.id);
  }
}
