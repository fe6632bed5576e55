// What the build is made of, with the licence of each package: licences.txt beside the page, for MIT and its like go with every copy.
import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';

// Of a module: its package's folder, the innermost where packages have packages of their own.
const folderOf = (module) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(module.replaceAll('\\', '/'))?.[0];

function noteOf(folder) {
  const {name, version, license} = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((one) => /^licen[cs]e/i.test(one));
  if (!license && !file) throw new Error(`${name} says nothing of its licence`);
  return `${name} ${version}${license ? ` (${license})` : ''}\n\n${file ? readFileSync(join(folder, file), 'utf8').trim() : ''}\n`;
}

export const licences = () => ({
  name: 'licences',
  apply: 'build',
  generateBundle(_, bundle) {
    const modules = Object.values(bundle).flatMap((one) => (one.type === 'chunk' ? Object.keys(one.modules) : []));
    const folders = new Set(modules.map(folderOf).filter((folder) => folder && existsSync(join(folder, 'package.json'))));
    const notes = [...folders].map(noteOf).sort();
    this.emitFile({type: 'asset', fileName: 'licences.txt', source: notes.join(`\n${'-'.repeat(80)}\n\n`)});
  },
});
