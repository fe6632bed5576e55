// What the surface asks of the site: whether it lies below a path of its host, and which pictures there are.
import {api, take} from '../api/client';
import {contentOf, folderOf} from '../media/files';
import {fileOf, type PictureSource} from './pictures';

let asked: Promise<string> | undefined;

export const baseurlOf = (): Promise<string> =>
  (asked ??= take(api.GET('/config')).then(
    (config) => {
      const baseurl = (config as Record<string, unknown>)['baseurl'];
      return typeof baseurl === 'string' ? baseurl : '';
    },
    () => {
      asked = undefined; // who may not read it, or is not connected: as if there were none
      return '';
    },
  ));

// Asked for in lists, whose answer is no error where a picture is missing.
export function pictureSource(path: () => string, baseurl: () => string, change: () => string | undefined): PictureSource {
  const known = new Map<string, Promise<string | null>>();
  async function find(file: string): Promise<string | null> {
    const name = file.split('/').pop() ?? '', id = change(), folder = folderOf(file);
    const query = {name, limit: 200, ...(folder && {folder}), ...(id && {change: id})};
    const {items} = await take(api.GET('/media', {params: {query}}));
    const media = items.find((one) => one.path === file && !one.broken);
    return media ? contentOf(file, id) : null;
  }
  return {
    fileFor: (address) => fileOf(address, path(), baseurl()),
    load: (file) => {
      const found = known.get(file) ?? find(file).catch(() => null);
      known.set(file, found);
      // A picture that comes later is looked for again.
      void found.then((address) => address ?? known.delete(file));
      return found;
    },
  };
}
